package modern

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ginsight/ginsight/dashboards/internal/loose"
)

// applyPatches lays the merge patches of a page over the board as it was
// generated: those of queries and panels, of variables, and of the board.
func applyPatches(raw []byte, page Page, extras map[uint32]Extra) ([]byte, error) {
	board, err := decode(raw)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(patchPanels(board["panels"], extras), patchVariables(board, page.VariablePatches)); err != nil {
		return nil, err
	}
	if err := mergeInto(board, page.Patch); err != nil {
		return nil, err
	}
	return json.Marshal(board)
}

// patchPanels walks the panels, also those inside collapsed rows.
func patchPanels(panels any, extras map[uint32]Extra) error {
	var errs []error
	for _, p := range loose.Objects(panels) {
		number, _ := p["id"].(json.Number)
		id, _ := number.Int64()
		extra := extras[uint32(id)]
		if err := patchPanel(p, extra); err != nil {
			errs = append(errs, fmt.Errorf("panel %q: %w", p["title"], err))
		}
		errs = append(errs, patchPanels(p["panels"], extras))
	}
	return errors.Join(errs...)
}

func patchPanel(panel map[string]any, extra Extra) error {
	targets := loose.Objects(panel["targets"])
	if len(extra.QueryPatches) > len(targets) {
		return fmt.Errorf("%d query patches for %d queries", len(extra.QueryPatches), len(targets))
	}
	for i, patch := range extra.QueryPatches {
		if err := mergeInto(targets[i], patch); err != nil {
			return fmt.Errorf("query %s: %w", refID(i), err)
		}
	}
	return mergeInto(panel, extra.Patch)
}

func patchVariables(board map[string]any, patches map[string]json.RawMessage) error {
	var errs []error
	for _, v := range loose.Objects(loose.At(board, "templating", "list")) {
		name, _ := v["name"].(string)
		if err := mergeInto(v, patches[name]); err != nil {
			errs = append(errs, fmt.Errorf("variable %q: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

// mergeInto changes target by a patch; an empty patch changes nothing.
func mergeInto(target map[string]any, patch json.RawMessage) error {
	if len(patch) == 0 {
		return nil
	}
	changes, err := decode(patch)
	if err != nil {
		return fmt.Errorf("its patch is no JSON object: %w", err)
	}
	merge(target, changes)
	return nil
}

// merge is the algorithm of RFC 7396: objects are merged, null removes, and
// everything else replaces.
func merge(target, patch map[string]any) {
	for key, value := range patch {
		change, isObject := value.(map[string]any)
		switch {
		case value == nil:
			delete(target, key)
		case isObject:
			old, ok := target[key].(map[string]any)
			if !ok {
				old = map[string]any{}
			}
			merge(old, change)
			target[key] = old
		default:
			target[key] = value
		}
	}
}
