"""Cuts Inter down to what pictures need; see face.go for why.

Run as: python3 subset.py DIR, with fonttools and brotli installed and DIR the
"web" folder of the npm package inter-ui 4.1.1. Writes the fonts beside it.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.otlLib.builder import buildLookup, buildPairPosGlyphsSubtable, buildValue
from fontTools.ttLib import TTFont

RUNES = """
0020-007E 00A0-017F 018F 0192 0218-021B 02C6-02C7 02D8-02DD 0384-038A 038C
038E-03A1 03A3-03CE 0400-045F 0490-0491 1E9E 2009-200A 2010-2015 2018-201E
2020-2022 2026 2030 2032-2033 2039-203A 2044 2070 2074-2079 207A-207F 2080-2089
20A9-20AA 20AC 20B4 20B9-20BA 20BD 20BF 2103 2113 2116-2117 2120 2122 2126
2190-2199 21B5 21BA-21BB 21D2 21D4 21E7 2200 2202 2205-2206 2208 220F
2211-2213 2215 2219-221A 221E 222B 2248 2260-2261 2264-2265 22C5 2318 2325 23CE
25A0-25A1 25B2-25B3 25B6-25B7 25BC-25BD 25C0 25C6-25C7 25CA-25CB 25CF 2605-2606
2610-2611 2713 2715 2717
"""


def runes():
    for part in RUNES.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def merge_kerning(font):
    """Moves all kerning into one lookup without a mark filter: that is what
    golang.org/x/image/font/sfnt reads. Only one lookup has a value for any pair
    of glyphs, so the values stay what they were."""
    table = font["GPOS"].table
    first, *rest = table.LookupList.Lookup
    pairs = {}
    for a in font.getGlyphOrder():
        for b in font.getGlyphOrder():
            if units := sum(adjust(one, a, b) for one in rest):
                assert adjust(first, a, b) == 0, (a, b)
                pairs[a, b] = (buildValue({"XAdvance": units}), None)
    subtables = [s.ExtSubTable if hasattr(s, "ExtSubTable") else s for s in first.SubTable]
    own = buildPairPosGlyphsSubtable(pairs, font.getReverseGlyphMap())
    table.LookupList.Lookup = [buildLookup([own] + subtables)]
    table.LookupList.LookupCount = 1
    for record in table.FeatureList.FeatureRecord:
        record.Feature.LookupListIndex, record.Feature.LookupCount = [0], 1


def adjust(lookup, a, b):
    for s in lookup.SubTable:
        s = getattr(s, "ExtSubTable", s)
        if a not in s.Coverage.glyphs:
            continue
        if s.Format == 2:
            row = s.Class1Record[s.ClassDef1.classDefs.get(a, 0)]
            return row.Class2Record[s.ClassDef2.classDefs.get(b, 0)].Value1.XAdvance
        for record in s.PairSet[s.Coverage.glyphs.index(a)].PairValueRecord:
            if record.SecondGlyph == b:
                return record.Value1.XAdvance
    return 0


def main():
    options = subset.Options(layout_features=["kern"], hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17])
    options.drop_tables += ["STAT"]
    for style in ("Regular", "Medium"):
        font = TTFont(Path(sys.argv[1]) / f"Inter-{style}.woff2")
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=runes())
        cutter.subset(font)
        merge_kerning(font)
        for flavor, name in ((None, "ttf"), ("woff2", "woff2")):
            font.flavor = flavor
            font.save(Path(__file__).with_name(f"Inter-{style}.{name}"))


main()
