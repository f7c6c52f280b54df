"""What Dataflow's launcher runs in the image: the template's parameters become a `newsbeam run`."""

import sys

from pipeline.cli import main
from pipeline.launch import words_of

if __name__ == "__main__":
    sys.exit(main(words_of(sys.argv[1:])))
