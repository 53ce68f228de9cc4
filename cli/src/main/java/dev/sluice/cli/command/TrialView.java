package dev.sluice.cli.command;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.spi.workbench.FoundSchema;
import dev.sluice.spi.workbench.SchemaDifference;
import dev.sluice.spi.workbench.TestEnd;
import dev.sluice.spi.workbench.TestFindings;
import dev.sluice.spi.workbench.TestPage;
import dev.sluice.spi.workbench.TestPreview;
import dev.sluice.spi.workbench.TestResult;
import dev.sluice.spi.workbench.TestSlice;
import dev.sluice.spi.workbench.TestWarning;
import dev.sluice.spi.workbench.WireExchange;
import dev.sluice.spi.workbench.WireResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a test on a terminal: what was asked, what came, and what to look at. */
final class TrialView {
    private static final int SHOWN = 5;

    private final TestResult result;
    private final Look look;
    private final int width;
    private final List<Line> lines = new ArrayList<>();

    TrialView(TestResult result, Look look, int width) {
        this.result = result;
        this.look = look;
        this.width = width;
    }

    List<Line> lines() {
        result.others().forEach(each -> exchange(each, "", null));
        for (TestSlice slice : result.slices()) {
            slice(slice);
        }
        records();
        schema();
        for (TestWarning warning : result.findings().warnings()) {
            lines.add(Line.of(Style.WARN, look.warning()).plus(" " + warning.message()));
            lines.add(Line.of(Style.DIM, "    " + warning.next()));
        }
        if (result.end().limited()) {
            lines.add(Line.of(Style.DIM, "there may be more: the limits ended the test"));
        }
        return lines;
    }

    private void slice(TestSlice slice) {
        String descriptor = slice.descriptor();
        String indent = descriptor == null ? "" : "  ";
        if (descriptor != null) {
            lines.add(Line.of(Style.BOLD, "slice ").plus(Style.DIM, descriptor).cut(width, look.ellipsis()));
        }
        List<WireExchange> others = new ArrayList<>(slice.others());
        for (TestPage page : slice.pages()) {
            WireExchange exchange = page.exchange();
            if (exchange != null) {
                others.removeIf(other -> {
                    boolean before = other.index() < exchange.index();
                    if (before) {
                        exchange(other, indent, null);
                    }
                    return before;
                });
                exchange(exchange, indent, page.records().size());
            } else {
                lines.add(Line.of(indent + Units.count(page.records().size(), "record", "records"))
                        .plus(Style.DIM, " that another request had told before"));
            }
        }
        others.forEach(other -> exchange(other, indent, null));
    }

    /** The requests of a trial that reads nothing. */
    static List<Line> requests(List<WireExchange> exchanges, Look look, int width) {
        TestEnd end = new TestEnd(null, null, null, false);
        FoundSchema none = new FoundSchema("{}", List.of(), Map.of());
        TestFindings findings = new TestFindings(none, List.of(), TestPreview.NOTHING, List.of());
        TestResult result = new TestResult(List.of(), exchanges, List.of(), findings, end, null);
        return new TrialView(result, look, width).lines();
    }

    /** A request in a line: what it was for, where it went, what came. */
    private void exchange(WireExchange exchange, String indent, @Nullable Integer records) {
        WireResponse response = exchange.response();
        boolean good = response != null && response.status() < 400;
        Line line = Line.of(indent)
                .plus(good ? Style.GOOD : Style.BAD, response == null ? "---" : String.valueOf(response.status()))
                .plus(" ")
                .plus(Style.NAME, exchange.request().method())
                .plus(" " + exchange.request().url());
        String told = records == null
                ? exchange.about().title()
                : Units.count(records, "record", "records") + (exchange.retryOf() == null ? "" : ", repeated");
        lines.add(line.cut(Math.max(20, width - told.length() - 3), look.ellipsis())
                .plus(Style.DIM, "  " + told));
        String failure = exchange.failure();
        if (failure != null) {
            lines.add(Line.of(Style.BAD, indent + "    " + failure).cut(width, look.ellipsis()));
        } else if (!good && response != null && !response.body().isBlank()) {
            lines.add(Line.of(
                            Style.DIM,
                            indent + "    "
                                    + response.body().lines().findFirst().orElse(""))
                    .cut(width, look.ellipsis()));
        }
    }

    private void records() {
        List<String> records = result.records();
        for (String record : records.subList(0, Math.min(SHOWN, records.size()))) {
            lines.add(Line.of("  " + record).cut(width, look.ellipsis()));
        }
        if (records.size() > SHOWN) {
            lines.add(Line.of(Style.DIM, "  +" + (records.size() - SHOWN) + " more; all with -o json"));
        }
        for (String problem : result.findings().preview().problems()) {
            lines.add(Line.of(Style.BAD, look.failure())
                    .plus(" would be rejected: " + problem)
                    .cut(width, look.ellipsis()));
        }
    }

    private void schema() {
        boolean declares = result.findings().warnings().stream()
                .noneMatch(warning -> warning.code().equals("schema_missing"));
        if (!declares) {
            return;
        }
        for (SchemaDifference each : result.findings().schema().differences()) {
            String declared = each.declared();
            String found = each.found();
            Line line = switch (each.kind()) {
                case ADDED ->
                    Line.of(Style.GOOD, "  + " + each.path()).plus(Style.DIM, "  " + found + ", not declared");
                case REMOVED -> Line.of(Style.DIM, "  - " + each.path() + "  declared, not found");
                case TYPE ->
                    Line.of(Style.WARN, "  ~ " + each.path())
                            .plus(Style.DIM, "  declared " + declared + ", found " + found);
            };
            lines.add(line);
        }
    }

    /** The same for programs. */
    static Map<String, @Nullable Object> facts(String stream, TestResult result) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("stream", stream);
        facts.put("records", result.records().stream().map(Json::read).toList());
        facts.put("limitReached", result.end().limited());
        facts.put("path", result.end().path());
        String state = result.end().state();
        facts.put("state", state == null ? null : Json.read(state));
        List<Object> requests = new ArrayList<>();
        result.others().forEach(each -> requests.add(request(each, null)));
        for (TestSlice slice : result.slices()) {
            slice.pages().forEach(page -> {
                WireExchange exchange = page.exchange();
                if (exchange != null) {
                    requests.add(request(exchange, page.records().size()));
                }
            });
            slice.others().forEach(each -> requests.add(request(each, null)));
        }
        facts.put("requests", requests);
        FoundSchema schema = result.findings().schema();
        facts.put("inferredSchema", Json.read(schema.inferred()));
        facts.put("datetimeFormats", schema.datetimeFormats());
        facts.put(
                "schemaDifferences",
                schema.differences().stream()
                        .map(each -> {
                            Map<String, @Nullable Object> difference = new LinkedHashMap<>();
                            difference.put("path", each.path());
                            difference.put("kind", each.kind().name().toLowerCase(Locale.ROOT));
                            difference.put("declared", each.declared());
                            difference.put("found", each.found());
                            return difference;
                        })
                        .toList());
        facts.put(
                "warnings",
                result.findings().warnings().stream()
                        .map(each -> Map.of("code", each.code(), "message", each.message(), "next", each.next()))
                        .toList());
        return facts;
    }

    static Map<String, @Nullable Object> request(WireExchange exchange, @Nullable Integer records) {
        WireResponse response = exchange.response();
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("index", exchange.index());
        request.put("kind", exchange.about().kind().name());
        request.put("method", exchange.request().method());
        request.put("url", exchange.request().url());
        request.put("status", response == null ? null : response.status());
        request.put("failure", exchange.failure());
        request.put("records", records);
        return request;
    }
}
