"""How feeds and pages come in: addresses, HTTP, robots.txt, the formats of feeds. Knows no Beam."""
