package dev.sluice.cli.output;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Look;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Table;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.plan.StoppedStream;
import dev.sluice.engine.run.RunResult;
import dev.sluice.engine.run.RunStatus;
import dev.sluice.engine.run.StreamProgress;
import dev.sluice.engine.run.StreamStatus;
import dev.sluice.engine.shelf.RejectFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run did, as a table and a closing sentence. */
public final class RunSummary {
    private static final int COLUMNS = 12;

    private final String connection;
    private final String from;
    private final String to;
    private final RunResult result;
    private final RejectFiles.@Nullable Shelved shelved;

    /**
     * The summary of a run.
     *
     * @param connection the connection's name
     * @param from where the rows came from, for people
     * @param to where they went, for people
     * @param shelved the files that its rejected records were put into; null if there are none
     */
    public RunSummary(
            String connection, String from, String to, RunResult result, RejectFiles.@Nullable Shelved shelved) {
        this.connection = connection;
        this.from = from;
        this.to = to;
        this.result = result;
        this.shelved = shelved;
    }

    /** The table, and below it what was altered and the sentence. */
    public List<Line> lines(Look look, int width) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.empty());
        lines.addAll(table(look).lines(look, width));
        lines.add(Line.empty());
        lines.addAll(SchemaView.lines(result.changes()));
        result.streams()
                .forEach(stream -> stream.changes()
                        .forEach((what, count) -> lines.add(Line.of(Style.WARN, look.warning() + " ")
                                .plus(stream.plan().stream() + ": " + what + " in "
                                        + Units.count(count, "value", "values")))));
        result.streams()
                .forEach(stream -> stream.rejectReasons()
                        .forEach((reason, count) -> lines.add(Line.of(Style.WARN, look.warning() + " ")
                                .plus(stream.plan().stream() + ": " + reason.words() + " in "
                                        + Units.count(count, "rejected record", "rejected records")))));
        if (shelved != null) {
            lines.add(Line.of(Units.count(shelved.records(), "rejected record", "rejected records") + " in "
                    + Units.count(shelved.files(), "file", "files") + " below " + shelved.link()));
        }
        lines.add(Line.of(style(), sign(look) + " ").plus(Style.BOLD, sentence()));
        return lines;
    }

    /** The closing sentence. */
    public String sentence() {
        long rows = sum(result.streams(), true);
        long rejected = sum(result.streams(), false);
        long good = result.streams().stream()
                .filter(stream -> stream.status().isGood())
                .count();
        String moved = Units.count(rows, "row", "rows") + " from " + from + " to " + to + " in "
                + Units.duration(result.nanos());
        return switch (result.status()) {
            case SUCCEEDED -> rows == 0 ? "Nothing new: " + moved : "Copied " + moved;
            case SUCCEEDED_WITH_REJECTS ->
                "Copied " + moved + "; " + Units.count(rejected, "record was", "records were") + " rejected and kept";
            case PARTIAL ->
                "Copied " + good + " of "
                        + Units.count(result.streams().size() + result.stopped().size(), "stream", "streams") + ": "
                        + moved;
            case FAILED -> "Failed: " + moved;
            case CANCELLED -> "Stopped; what is committed stays: " + moved;
        };
    }

    /** The facts for programs. */
    public Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("connection", connection);
        facts.put("status", result.status().words());
        facts.put("sync_id", result.job().syncId());
        facts.put("attempt", result.job().attempt());
        facts.put("seconds", result.nanos() / 1e9);
        facts.put("rows_loaded", sum(result.streams(), true));
        facts.put("rows_filtered", filtered());
        facts.put("rows_rejected", sum(result.streams(), false));
        if (shelved != null) {
            facts.put(
                    "rejects_stored",
                    Map.of("link", shelved.link(), "records", shelved.records(), "files", shelved.files()));
        }
        facts.put("streams", result.streams().stream().map(RunFacts::stream).toList());
        facts.put(
                "stopped",
                result.stopped().stream()
                        .map(stopped -> ProblemView.fields(stopped.problem()))
                        .toList());
        facts.put("schema_changes", SchemaView.facts(result.changes()));
        return facts;
    }

    private static long sum(List<StreamProgress> streams, boolean committed) {
        return streams.stream()
                .mapToLong(stream -> committed ? stream.rowsCommitted() : stream.rowsRejected())
                .sum();
    }

    private long filtered() {
        return result.streams().stream().mapToLong(StreamProgress::rowsFiltered).sum();
    }

    /** Only what goes into objects of others looks whether it is there already. */
    private long unchanged() {
        return result.streams().stream()
                .mapToLong(StreamProgress::rowsUnchanged)
                .sum();
    }

    private Table table(Look look) {
        boolean renamed = result.streams().stream()
                .anyMatch(stream -> !stream.plan()
                        .preview()
                        .location()
                        .equals(stream.plan().stream().toString()));
        Table table = new Table(
                Table.Column.text("stream"),
                Table.Column.text(renamed ? "written to" : "").optional(6),
                Table.Column.text("mode").optional(5),
                Table.Column.number("read"),
                Table.Column.number("loaded"),
                Table.Column.number(unchanged() > 0 ? "unchanged" : "").optional(1),
                Table.Column.number(filtered() > 0 ? "filtered" : "").optional(1),
                Table.Column.number("rejected").optional(2),
                Table.Column.number("bytes").optional(4),
                Table.Column.number("time").optional(3),
                Table.Column.number("rows/s").optional(7),
                Table.Column.text("state"));
        result.streams().forEach(stream -> table.add(row(stream, renamed, look)));
        result.stopped().forEach(stopped -> table.add(row(stopped, look)));
        if (result.streams().size() > 1) {
            table.addTotal(total());
        }
        return table;
    }

    private List<Line> row(StreamProgress stream, boolean renamed, Look look) {
        StreamStatus status = stream.status();
        String sign = status.isGood() ? look.ok() : status == StreamStatus.FAILED ? look.failure() : look.warning();
        return List.of(
                Line.of(StreamWords.style(status), sign + " ")
                        .plus(stream.plan().stream().toString()),
                Line.of(renamed ? stream.plan().preview().location() : ""),
                Line.of(Style.DIM, stream.plan().modeKey()),
                Line.of(Units.count(stream.rowsRead())),
                Line.of(Units.count(stream.rowsCommitted())),
                Line.of(unchanged() > 0 ? Units.count(stream.rowsUnchanged()) : ""),
                Line.of(filtered() > 0 ? Units.count(stream.rowsFiltered()) : ""),
                Line.of(stream.rowsRejected() == 0 ? Style.DIM : Style.WARN, Units.count(stream.rowsRejected())),
                Line.of(Units.bytes(stream.bytesRead())),
                Line.of(Units.duration(stream.nanos())),
                Line.of(rate(stream.rowsRead(), stream.nanos())),
                Line.of(StreamWords.style(status), StreamWords.of(status)));
    }

    private static List<Line> row(StoppedStream stopped, Look look) {
        List<Line> row = new ArrayList<>(List.of(
                Line.of(Style.BAD, look.failure() + " ").plus(stopped.stream().toString())));
        for (int column = 1; column < COLUMNS - 1; column++) {
            row.add(Line.empty());
        }
        row.add(Line.of(Style.BAD, "stopped: it has changed"));
        return row;
    }

    private List<Line> total() {
        List<StreamProgress> streams = result.streams();
        long read = streams.stream().mapToLong(StreamProgress::rowsRead).sum();
        return List.of(
                Line.of(Style.BOLD, Units.count(streams.size(), "stream", "streams")),
                Line.empty(),
                Line.empty(),
                Line.of(Style.BOLD, Units.count(read)),
                Line.of(Style.BOLD, Units.count(sum(streams, true))),
                Line.of(Style.BOLD, unchanged() > 0 ? Units.count(unchanged()) : ""),
                Line.of(Style.BOLD, filtered() > 0 ? Units.count(filtered()) : ""),
                Line.of(Style.BOLD, Units.count(sum(streams, false))),
                Line.of(
                        Style.BOLD,
                        Units.bytes(streams.stream()
                                .mapToLong(StreamProgress::bytesRead)
                                .sum())),
                Line.of(Style.BOLD, Units.duration(result.nanos())),
                Line.of(Style.BOLD, rate(read, result.nanos())),
                Line.of(style(), result.status().words()));
    }

    private static String rate(long rows, long nanos) {
        return rows == 0 ? "" : Units.rate(rows, nanos).replace("/s", "");
    }

    private Style style() {
        return switch (result.status()) {
            case SUCCEEDED -> Style.GOOD;
            case SUCCEEDED_WITH_REJECTS, PARTIAL, CANCELLED -> Style.WARN;
            case FAILED -> Style.BAD;
        };
    }

    private String sign(Look look) {
        return result.status() == RunStatus.SUCCEEDED
                ? look.ok()
                : result.status() == RunStatus.FAILED ? look.failure() : look.warning();
    }
}
