"""From CloudWatch's answers to the points of the chart."""

from datetime import UTC, datetime, timedelta
from typing import Any

from workbench.local_aws.console.chart import HEIGHT, WIDTH, draw, level
from workbench.local_aws.console.metrics import FIGURES, WINDOWS, Span, latest, namespaces, newest, queries, series
from workbench.local_aws.console.releases import Release

NOW = datetime(2026, 11, 22, 10, 0, 7, tzinfo=UTC)
HOUR = WINDOWS["1h"]


def result(name: str, *points: tuple[datetime, float]) -> dict[str, Any]:
    moments, values = [point[0] for point in points], [point[1] for point in points]
    return {"Id": name.lower(), "Timestamps": moments, "Values": values}


def release(status: str, fitness: float | None = None, minutes: int = 10) -> Release:
    return Release("d-1", NOW - timedelta(minutes=minutes), "shop", status, "", fitness, "")


def test_every_figure_of_the_stack_is_asked_for() -> None:
    asked = [query["MetricStat"]["Metric"] for query in queries("ConfigFitness", "shop", 60)]
    assert [each["MetricName"] for each in asked] == list(FIGURES)
    assert all(each["Dimensions"] == [{"Name": "Stack", "Value": "shop"}] for each in asked)


def test_pages_of_results_become_one_series_oldest_first() -> None:
    earlier = NOW - timedelta(minutes=5)
    found = series([result("Fitness", (NOW, 80.0)), result("Fitness", (earlier, 70.0))])
    assert found["Fitness"] == [(earlier, 70.0), (NOW, 80.0)]
    assert (latest(found)["Fitness"], latest(found)["Coverage"]) == (80.0, None)


def test_of_several_releases_in_one_period_the_last_is_the_newest() -> None:
    coarse = series([result("Fitness", (NOW, 75.0)), result("Coverage", (NOW, 90.0))])
    span = newest(coarse, HOUR)
    assert span == Span(NOW, NOW + timedelta(seconds=30), 1)
    finer = series([result("Fitness", (NOW, 70.0), (NOW + timedelta(seconds=9), 80.0))])
    assert (latest(coarse, finer)["Fitness"], latest(coarse, finer)["Coverage"]) == (80.0, 90.0)


def test_without_a_fitness_nothing_is_newest() -> None:
    assert newest(series([]), HOUR) is None


def test_the_namespace_is_found_by_the_metric_of_the_stack_itself() -> None:
    of_stack = {"Namespace": "Own", "Dimensions": [{"Name": "Stack", "Value": "shop"}]}
    of_category = {"Namespace": "Own", "Dimensions": [*of_stack["Dimensions"], {"Name": "Category", "Value": "x"}]}
    assert namespaces([of_category, of_stack]) == {"shop": "Own"}


def test_a_window_ends_with_a_full_period_so_that_polling_changes_nothing() -> None:
    assert (
        HOUR.ends_at(NOW) == HOUR.ends_at(NOW + timedelta(seconds=20)) == datetime(2026, 11, 22, 10, 0, 30, tzinfo=UTC)
    )


def test_the_chart_spans_the_window_and_the_whole_scale() -> None:
    end = HOUR.ends_at(NOW)
    drawn = draw(series([result("Fitness", (end - HOUR.length, 0.0), (end, 100.0))]), [], HOUR, NOW)
    assert drawn.line == f"0.0,{level(0)} {float(WIDTH)},{level(100)}"
    assert 0 < level(100) < level(50) < level(0) < HEIGHT


def test_the_band_goes_out_along_the_high_and_back_along_the_low() -> None:
    end = HOUR.ends_at(NOW)
    points = {"FitnessLow": 40.0, "FitnessHigh": 60.0}
    found = series([result(name, (end - HOUR.length, value), (end, value)) for name, value in points.items()])
    low, high = level(40), level(60)
    assert draw(found, [], HOUR, NOW).band == f"0.0,{high} 1000.0,{high} 1000.0,{low} 0.0,{low}"


def test_only_decided_releases_inside_the_window_are_marked() -> None:
    releases = [release("Succeeded", 80.0), release("Failed"), release("InProgress"), release("Recorded", 70.0)]
    drawn = draw(series([]), [*releases, release("Succeeded", 90.0, minutes=90)], HOUR, NOW)
    assert [(mark.release.status, mark.y) for mark in drawn.marks] == [("Succeeded", level(80)), ("Failed", None)]


def test_nothing_known_draws_nothing() -> None:
    drawn = draw(series([]), [], HOUR, NOW)
    assert (drawn.band, drawn.line, drawn.minimum, drawn.dots, drawn.marks) == ("", "", "", (), ())
