"""What an article reports, and what the articles of a story report together. Knows no Beam."""
