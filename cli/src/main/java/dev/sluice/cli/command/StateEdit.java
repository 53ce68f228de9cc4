package dev.sluice.cli.command;

import dev.sluice.cli.session.Session;
import dev.sluice.cli.state.RunLock;
import dev.sluice.cli.state.SqliteStateStore;
import dev.sluice.cli.state.StateFile;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Changes states while no run is under way, after asking. */
final class StateEdit {
    private final Session session;
    private final Choice.Remembered remembered;

    StateEdit(Session session, Choice.Remembered remembered) {
        this.session = session;
        this.remembered = remembered;
    }

    /** Does something with the remembered states while it holds the lock of the connection. */
    <T> T locked(Function<SqliteStateStore, T> work) {
        try (RunLock lock = RunLock.take(remembered.location().lock(), remembered.name());
                StateFile file = StateFile.openExisting(
                                remembered.location().database(), session.host().clock())
                        .orElseThrow(this::nothing)) {
            Objects.requireNonNull(lock);
            return work.apply(file.existing(remembered.location().key()).orElseThrow(this::nothing));
        }
    }

    /** The remembered stream of this name, as people write it. */
    static StreamState named(List<StreamState> states, String name) {
        List<StreamState> found = states.stream()
                .filter(state -> name.equals(state.stream().toString())
                        || name.equals(state.stream().name()))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        List<String> names =
                states.stream().map(state -> state.stream().toString()).toList();
        Problem problem = Problem.of(
                "E_STREAM_NOT_FOUND",
                ProblemKind.CONFIG,
                found.isEmpty() ? "nothing is remembered of a stream " + name : "several streams are named " + name);
        throw problem.because("remembered are " + String.join(", ", names))
                .fix(NearNames.nearest(name, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse(null))
                .exception();
    }

    /** What starting over does to the rows that are there, by the mode that the stream was copied in. */
    static String effect(StreamState state) {
        StreamMode mode = StreamMode.of(state.settings().split(" ", 2)[0]).orElse(null);
        return switch (mode) {
            case null -> "the next run copies it from the beginning";
            case INCREMENTAL_APPEND, FULL_REFRESH_APPEND ->
                "rows that are there stay, and the next run adds all rows once more";
            case INCREMENTAL_APPEND_DEDUPED ->
                "the next run copies all rows and merges them by key; rows that the source deleted stay";
            case FULL_REFRESH_OVERWRITE, FULL_REFRESH_OVERWRITE_DEDUPED ->
                "the next run replaces the table, as each run does; an interrupted copy begins anew";
            case FULL_REFRESH_UPSERT,
                    FULL_REFRESH_UPDATE,
                    INCREMENTAL_UPDATE,
                    FULL_REFRESH_SOFT_DELETE,
                    INCREMENTAL_SOFT_DELETE,
                    FULL_REFRESH_DELETE,
                    INCREMENTAL_DELETE,
                    FULL_REFRESH_MIRROR ->
                "the next run goes through all rows of the source once more; objects that are just so stay untouched";
        };
    }

    private RuntimeException nothing() {
        return Problem.of("E_NO_STATE", ProblemKind.CONFIG, "nothing is remembered of " + remembered.name())
                .at(remembered.location().database().toString())
                .because("it never ran")
                .exception();
    }
}
