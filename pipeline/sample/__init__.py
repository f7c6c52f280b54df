"""A small made-up news web with labels, served over loopback HTTP: the input of the demo and of the tests."""

from pipeline.sample.labels import Article, Event, Feed, Labels, Outlet, load_labels
from pipeline.sample.newsroom import Newsroom, Request

__all__ = ["Article", "Event", "Feed", "Labels", "Newsroom", "Outlet", "Request", "load_labels"]
