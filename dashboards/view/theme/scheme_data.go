package theme

// sampled are schemes as 33 colours at equal distances, 6 hex digits each. Mixing
// two neighbours is within 5 of 255 of the full tables and formulas. Viridis,
// Magma, Inferno and Plasma are by Stéfan van der Walt and Nathaniel Smith (CC0),
// Cividis by Nuñez, Anderton and Renslow, Turbo by Anton Mikhailov, Cubehelix by
// Dave Green, Warm, Cool and Rainbow by Niccoli and Bostock, Sinebow by Bumgardner
// and Davies.
var sampled = map[string]string{
	"Viridis": "440154470d6048186a482374472d7b4537814240863e49893b528b375b8d33638d2f6b8e2c728e297a8e26828e23898e" +
		"21918c1f988b1fa08822a78528ae8032b67a3fbc734ec36b5ec96270cf5784d44b98d83eaddc30c2df23d8e219ece51b" +
		"fde725",
	"Magma": "0000040303120a0822130d341d114729115a36106b440f7651127c5d177f6a1c81762181832681902a819c2e7faa337d" +
		"b73779c43c75d0416fdc4869e75263ef5d5ef56b5cf9795dfc8961fd9869fea772feb67cfec488fed395fde2a3fcf0b2" +
		"fcfdbf",
	"Inferno": "0000040403120b0724150b37210c4a2f0a5b3d09654a0c6b57106e64156e71196e7d1e6d8a226a972766a32c61b0315b" +
		"bc3754c73e4cd24644db503be45a31eb6628f1731df68013f98e09fb9d07fcac11fbbc21f9cb35f5db4cf2ea69f3f68a" +
		"fcffa4",
	"Plasma": "0d08872206903105973f049c4c02a15901a56600a77201a87e03a88a09a59511a1a01a9caa2395b32c8ebc3587c43e7f" +
		"cc4778d35171da5a6ae06363e66c5ceb7655f0804ef58b47f89540fba139fdac33feb82cfdc527fcd225f8df25f4ed27" +
		"f0f921",
	"Cividis": "00205100265d012b6508316911366c1c3c6e26426e31476e3c4d6e47536d51586e5a5e6e62646f6a6a70727071797673" +
		"7f7c758682768c8877938e789a9478a19b78a9a177b2a874bbaf71c5b66dcebd68d8c462e2cb5cebd355f3da4ffae249" +
		"fdea45",
	"Turbo": "23171b3e2a71493eae4a53d74569ee3c7ff83295f72ba9ef26bce125cdcf29dcbc32e9a73ff39350f98065fd6e7cfd5e" +
		"95fb51adf545c5ec3cdae034ecd12efac029ffad24ff9821ff821dfd6c1af05616df4111cb2f0db61f07a31302950c00" +
		"900c00",
	"Warm": "6e40aa7a3fae873eb1933db3a03db3ad3cb2ba3cb0c63dacd23ea7dd3fa2e8429bf14493f9488aff4c81ff5177ff576d" +
		"ff5e63ff655aff6d51ff7648ff7f41ff883afd9235f79d31efa72fe7b12edfbb2fd6c532cdcf37c5d83dbde146b5e94f" +
		"aff05b",
	"Cool": "6e40aa6a46b4664cbe6153c65c5ace5662d44f6bda4874de417de03a86e13390e12d9adf27a3dc22add71eb6d11bbfca" +
		"1ac7c219cfb91ad7af1ddda521e39b26e9902ded8636f17c40f3734bf56b57f66465f75e73f65a82f55891f457a0f258" +
		"aff05b",
	"Cubehelix": "0000000c050e150b1d19132d1b1d3b192a4617374d15454e16534c1a5f46236a3e307237437731597a2f717b32897a3b" +
		"a07949b4795dc47a74ce7d8ed483a7d48cbfd197d3cca5e2c7b3edc3c1f2c1cff3c4dcf2cae7f0d4efefe2f6f0f0fbf5" +
		"ffffff",
	"Rainbow": "6e40aa873eb1a03db3ba3cb0d23ea7e8429bf9488aff5177ff5e63ff6d51ff7f41fd9235efa72fdfbb2fcdcf37bde146" +
		"aff05b91f45773f65a57f66440f3732ded8621e39b1ad7af1ac7c21eb6d127a3dc3390e1417de04f6bda5c5ace664cbe" +
		"6e40aa",
	"Sinebow": "ff4040fd572bf56f1aea880ddaa004c6b800b0cd0198df077fee1167f8204ffe3239ff4725fb5f15f2770ae59002d4a8" +
		"00bfbf02a8d40a90e51577f2255ffb3947ff4f32fe6720f87f11ee9807dfb001cdc600b8da04a0ea0d88f51a6ffd2b57" +
		"ff4040",
}

// brewer are the ColorBrewer schemes: nine colours from light to dark, or eleven
// from one colour through white to another. This product includes color
// specifications and designs developed by Cynthia Brewer (https://colorbrewer.org/),
// licensed under the Apache License 2.0.
var brewer = map[string]string{
	"Blues":    "f7fbffdeebf7c6dbef9ecae16baed64292c62171b508519c08306b",
	"Greens":   "f7fcf5e5f5e0c7e9c0a1d99b74c47641ab5d238b45006d2c00441b",
	"Greys":    "fffffff0f0f0d9d9d9bdbdbd969696737373525252252525000000",
	"Oranges":  "fff5ebfee6cefdd0a2fdae6bfd8d3cf16913d94801a636037f2704",
	"Purples":  "fcfbfdefedf5dadaebbcbddc9e9ac8807dba6a51a354278f3f007d",
	"Reds":     "fff5f0fee0d2fcbba1fc9272fb6a4aef3b2ccb181da50f1567000d",
	"BuGn":     "f7fcfde5f5f9ccece699d8c966c2a441ae76238b45006d2c00441b",
	"BuPu":     "f7fcfde0ecf4bfd3e69ebcda8c96c68c6bb188419d810f7c4d004b",
	"GnBu":     "f7fcf0e0f3dbccebc5a8ddb57bccc44eb3d32b8cbe0868ac084081",
	"OrRd":     "fff7ecfee8c8fdd49efdbb84fc8d59ef6548d7301fb300007f0000",
	"PuBu":     "fff7fbece7f2d0d1e6a6bddb74a9cf3690c00570b0045a8d023858",
	"PuBuGn":   "fff7fbece2f0d0d1e6a6bddb67a9cf3690c002818a016c59014636",
	"PuRd":     "f7f4f9e7e1efd4b9dac994c7df65b0e7298ace125698004367001f",
	"RdPu":     "fff7f3fde0ddfcc5c0fa9fb5f768a1dd3497ae017e7a017749006a",
	"YlGn":     "ffffe5f7fcb9d9f0a3addd8e78c67941ab5d238443006837004529",
	"YlGnBu":   "ffffd9edf8b1c7e9b47fcdbb41b6c41d91c0225ea8253494081d58",
	"YlOrBr":   "ffffe5fff7bcfee391fec44ffe9929ec7014cc4c02993404662506",
	"YlOrRd":   "ffffccffeda0fed976feb24cfd8d3cfc4e2ae31a1cbd0026800026",
	"BrBG":     "5430058c510abf812ddfc27df6e8c3f5f5f5c7eae580cdc135978f01665e003c30",
	"PRGn":     "40004b762a839970abc2a5cfe7d4e8f7f7f7d9f0d3a6dba05aae611b783700441b",
	"PiYG":     "8e0152c51b7dde77aef1b6dafde0eff7f7f7e6f5d0b8e1867fbc414d9221276419",
	"PuOr":     "2d004b5427888073acb2abd2d8daebf7f7f7fee0b6fdb863e08214b358067f3b08",
	"RdBu":     "67001fb2182bd6604df4a582fddbc7f7f7f7d1e5f092c5de4393c32166ac053061",
	"RdGy":     "67001fb2182bd6604df4a582fddbc7ffffffe0e0e0bababa8787874d4d4d1a1a1a",
	"RdYlBu":   "a50026d73027f46d43fdae61fee090ffffbfe0f3f8abd9e974add14575b4313695",
	"RdYlGn":   "a50026d73027f46d43fdae61fee08bffffbfd9ef8ba6d96a66bd631a9850006837",
	"Spectral": "9e0142d53e4ff46d43fdae61fee08bffffbfe6f598abdda466c2a53288bd5e4fa2",
}
