package dev.sluice.cli.command;

import dev.sluice.cli.output.Json;
import dev.sluice.cli.output.Report;
import dev.sluice.cli.session.Host;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.state.SqliteStateStore;
import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.cli.text.Units;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what is remembered of each stream. */
@Command(
        name = "show",
        header = "Show what is remembered of each stream.",
        customSynopsis = "sluice state show [FILE] [CONNECTION] [OPTIONS]",
        description = {
            "  sluice state show shop.yaml",
            "  sluice state show shop.yaml orders-to-lake --stream public.orders",
            "  sluice state show --from orders.csv --to duckdb:///shop.db -o json"
        })
final class StateShowCommand extends CliCommand {
    @Mixin
    private Choice choice = new Choice();

    @Option(names = "--stream", paramLabel = "NAME", description = "Only this stream.")
    private @Nullable String stream;

    StateShowCommand(Host host) {
        super(host);
    }

    @Override
    Report run(Session session) {
        List<Line> lines = new ArrayList<>();
        List<Object> facts = new ArrayList<>();
        long count = 0;
        for (Choice.Remembered remembered : choice.remembered(session)) {
            lines.add(Line.of(Style.BOLD, remembered.name()));
            Shown shown = remembered.look(session, this::shown);
            Job open = shown.open();
            if (open != null) {
                lines.add(Line.of(
                        Style.WARN,
                        "  a run that began " + open.startedAt() + " is under way, or died; the next one takes it up"));
            }
            if (shown.states().isEmpty()) {
                lines.add(Line.of(Style.DIM, "  nothing is remembered: it never ran, or only without success"));
            }
            shown.states().forEach(state -> lines.addAll(lines(state)));
            facts.add(facts(remembered.name(), shown.states(), open));
            count += shown.states().size();
        }
        return Report.of(Units.count(count, "stream", "streams"), lines, Map.of("connections", facts));
    }

    /** What is shown of a connection. */
    private record Shown(List<StreamState> states, @Nullable Job open) {}

    private Shown shown(Optional<SqliteStateStore> store) {
        return new Shown(
                store.map(this::states).orElse(List.of()),
                store.flatMap(SqliteStateStore::openJob).orElse(null));
    }

    private List<StreamState> states(SqliteStateStore store) {
        return store.streams().stream()
                .filter(state -> stream == null
                        || stream.equals(state.stream().toString())
                        || stream.equals(state.stream().name()))
                .toList();
    }

    private static List<Line> lines(StreamState state) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of("  ").plus(Style.NAME, state.stream().toString()));
        lines.add(field("mode", state.isEdited() ? "set by hand; the next run reads from here" : state.settings()));
        if (state.refresh() != null) {
            lines.add(field(
                    "refresh",
                    state.replaces()
                            ? "the next run replaces the table by a new copy"
                            : "the next run reads everything once more and keeps what is there"));
        }
        lines.add(field("generation", Long.toString(state.generation())));
        lines.add(field(
                "last run",
                state.lastSyncId() == 0
                        ? "none was finished"
                        : Instant.ofEpochMilli(state.lastSyncId()).toString()));
        Position position = state.position();
        lines.add(field("position", position == null ? "the beginning" : "in " + position.identity()));
        if (position != null) {
            pretty(position.value()).lines().forEach(line -> lines.add(Line.of("        " + line)));
        }
        UnfinishedRead read = state.unfinished();
        if (read != null) {
            long done = read.progress().values().stream()
                    .filter(SplitProgress::finished)
                    .count();
            lines.add(field(
                    "unfinished",
                    Units.count(read.committedRows(), "row is", "rows are") + " committed, " + done + " of "
                            + Units.count(read.plan().splits().size(), "part", "parts") + " are done; begun "
                            + Instant.ofEpochMilli(read.syncId())));
        }
        return lines;
    }

    private static Line field(String name, String value) {
        return Line.of("    ").plus(Line.of(Style.DIM, name).padded(12, false)).plus(value);
    }

    private static String pretty(String position) {
        return Json.pretty(parsed(position));
    }

    /** A position is JSON by custom; anything else is shown as the text that it is. */
    private static @Nullable Object parsed(String position) {
        try {
            return Json.read(position);
        } catch (IllegalArgumentException notJson) {
            return position;
        }
    }

    private static Map<String, @Nullable Object> facts(String name, List<StreamState> states, @Nullable Job open) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("connection", name);
        facts.put("open_job", open == null ? null : open.syncId());
        facts.put("streams", states.stream().map(StateShowCommand::facts).toList());
        return facts;
    }

    private static Map<String, @Nullable Object> facts(StreamState state) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        Position position = state.position();
        UnfinishedRead read = state.unfinished();
        facts.put("stream", state.stream().name());
        facts.put("namespace", state.stream().namespace());
        facts.put("settings", state.settings());
        facts.put("generation", state.generation());
        facts.put("last_sync_id", state.lastSyncId());
        facts.put("position", position == null ? null : parsed(position.value()));
        facts.put("position_identity", position == null ? null : position.identity());
        facts.put(
                "refresh",
                state.refresh() == null ? null : state.refresh().name().toLowerCase(Locale.ROOT));
        facts.put("unfinished", read == null ? null : facts(read));
        return facts;
    }

    private static Map<String, @Nullable Object> facts(UnfinishedRead read) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("sync_id", read.syncId());
        facts.put("parts", read.plan().splits().size());
        facts.put(
                "parts_done",
                read.progress().values().stream()
                        .filter(SplitProgress::finished)
                        .count());
        facts.put("rows_committed", read.committedRows());
        facts.put(
                "from",
                Objects.requireNonNullElse(read.from(), "the beginning") instanceof Position from
                        ? parsed(from.value())
                        : null);
        return facts;
    }
}
