package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
)

// problem ends the request with a status and one sentence, as JSON.
func problem(c *gin.Context, status int, sentence string) {
	c.AbortWithStatusJSON(status, gin.H{"error": sentence})
}

func problemHandler(status int, sentence string) gin.HandlerFunc {
	return func(c *gin.Context) { problem(c, status, sentence) }
}

// decode reads one JSON value from the request's body and answers 400 if that is
// not what the body holds.
func decode(c *gin.Context, into any) bool {
	dec := json.NewDecoder(c.Request.Body)
	dec.DisallowUnknownFields()
	err := dec.Decode(into)
	if err == nil && !errors.Is(dec.Decode(&struct{}{}), io.EOF) {
		err = errors.New("there is more than one value")
	}
	if err != nil {
		problem(c, http.StatusBadRequest, fmt.Sprintf("the body is not the JSON expected here: %v", err))
	}
	return err == nil
}

// limit reads the query parameter of that name, from 1 to most, and answers 400 if
// it is anything else.
func limit(c *gin.Context, preset, most int) (int, bool) {
	text, given := c.GetQuery("limit")
	if !given {
		return preset, true
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		problem(c, http.StatusBadRequest, fmt.Sprintf("limit must be a number from 1 to %d", most))
		return 0, false
	}
	return n, true
}
