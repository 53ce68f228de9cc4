package dev.sluice.engine.plan;

import dev.sluice.engine.connection.Intent;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sync mode of a stream with the key and the cursor that it goes by, as the user and the source say together.
 *
 * @param stream the stream
 * @param settings what the user says of it
 * @param mode the mode, the user's or else a chosen one
 * @param key the fields that tell rows apart; may be empty
 * @param cursor the field that tells what is new; null if none is known, or if the source keeps it by itself
 * @param offered the modes that the stream can be offered
 */
record ModeSettings(
        CatalogStream stream,
        StreamSettings settings,
        StreamMode mode,
        List<FieldPath> key,
        @Nullable FieldPath cursor,
        List<StreamMode> offered) {

    /**
     * Settles mode, key and cursor.
     *
     * @param chosenBy the stream by which a mode is chosen where the user names none
     */
    static ModeSettings of(
            CatalogStream stream,
            CatalogStream chosenBy,
            StreamSettings settings,
            Set<DestinationSyncMode> writable,
            Intent intent) {
        StreamMode mode =
                settings.mode() != null ? settings.mode() : ModeChooser.choose(chosenBy, settings, writable, intent);
        List<FieldPath> key = settings.primaryKey().isEmpty() ? stream.primaryKey() : settings.primaryKey();
        return new ModeSettings(
                stream, settings, mode, key, cursor(stream, settings, mode), ModeChooser.offered(stream, writable));
    }

    private static @Nullable FieldPath cursor(CatalogStream stream, StreamSettings settings, StreamMode mode) {
        if (stream.cursor().sourceDefined()) {
            return stream.cursor().field();
        }
        if (settings.cursor() != null) {
            return settings.cursor();
        }
        return mode.read() == SyncMode.INCREMENTAL ? stream.cursor().field() : null;
    }

    /** The key as far as the stream has its fields; rows that are not told apart by it need no more. */
    List<FieldPath> keyIn(CatalogStream current) {
        boolean complete = key.stream()
                .allMatch(path -> current.schema().indexOf(path.column()).isPresent());
        return complete ? key : List.of();
    }

    /** The field that tells which of two rows of one key is the later; null if the time of extraction does. */
    @Nullable
    FieldPath orderedBy(Schema selected) {
        return mode.write().dedups()
                        && cursor != null
                        && selected.indexOf(cursor.column()).isPresent()
                ? cursor
                : null;
    }

    /** What a person should know of a mode that was chosen for them. */
    List<String> notes() {
        if (settings.mode() != null) {
            return List.of();
        }
        List<String> notes = new ArrayList<>();
        if (mode == StreamMode.FULL_REFRESH_APPEND
                && offered.stream().noneMatch(other -> other.write().overwrites())) {
            notes.add("the destination can only add rows, so each run adds a whole copy");
        }
        if (settings.cursor() != null && mode.read() == SyncMode.FULL_REFRESH) {
            notes.add("the cursor " + settings.cursor() + " is not used, because each run copies everything: "
                    + (stream.supportsIncremental() ? "there is no primary key" : "the source reads it only whole"));
        }
        return notes;
    }

    /** Why the mode cannot be carried out with the selected fields; empty if it can. */
    List<Problem> problems(Schema selected) {
        List<Problem> problems = new ArrayList<>();
        checkMode(problems);
        checkGiven(problems);
        checkSelected(selected, problems);
        return problems;
    }

    private void checkMode(List<Problem> problems) {
        boolean incremental = mode.read() == SyncMode.INCREMENTAL;
        if (!offered.contains(mode)) {
            String who = incremental && !stream.supportsIncremental()
                    ? "the source cannot read this stream incrementally"
                    : "the destination cannot write in the mode " + mode.key();
            problems.add(problem("E_MODE_UNSUPPORTED", who).fix("choose one of: " + keys(offered)));
        } else if (incremental && cursor == null && !stream.cursor().sourceDefined()) {
            problems.add(problem("E_CURSOR_MISSING", "an incremental read needs a cursor")
                    .fix("name the field that grows with every change: `cursor: updated_at`"));
        }
        if (mode.write().dedups() && key.isEmpty()) {
            problems.add(problem("E_KEY_MISSING", "keeping one row a key needs a primary key")
                    .because("the source defines none for this stream")
                    .fix("name the fields that tell rows apart: `primaryKey: [id]`"));
        }
    }

    /** What the source defines, nobody may choose otherwise: by another key, rows that it tells apart would be lost. */
    private void checkGiven(List<Problem> problems) {
        FieldPath wanted = settings.cursor();
        if (mode.read() == SyncMode.INCREMENTAL
                && stream.cursor().sourceDefined()
                && wanted != null
                && !wanted.equals(stream.cursor().field())) {
            problems.add(problem("E_CURSOR_FIXED", "the cursor of this stream cannot be chosen")
                    .because("the source itself tells what is new"
                            + (stream.cursor().field() == null
                                    ? ""
                                    : ", by " + stream.cursor().field()))
                    .fix("leave `cursor` out"));
        }
        if (mode.write().dedups()
                && !stream.primaryKey().isEmpty()
                && !new HashSet<>(key).equals(new HashSet<>(stream.primaryKey()))) {
            problems.add(problem("E_KEY_FIXED", "the primary key of this stream cannot be chosen")
                    .because("the source tells its rows apart by " + paths(stream.primaryKey()) + ", and by "
                            + paths(key) + " some of them would be taken for one")
                    .fix("leave `primaryKey` out"));
        }
    }

    private void checkSelected(Schema selected, List<Problem> problems) {
        if (selected.size() == 0 && stream.schema().size() > 0) {
            problems.add(problem("E_NO_FIELDS", "no field of the stream is selected"));
            return;
        }
        if (mode.write().dedups()) {
            key.forEach(path -> checkSelected(selected, path, "primary key", problems));
        }
        if (cursor != null && mode.read() == SyncMode.INCREMENTAL) {
            checkSelected(selected, cursor, "cursor", problems);
        }
    }

    private void checkSelected(Schema selected, FieldPath path, String role, List<Problem> problems) {
        FieldChoice.require(stream, path.column(), "there is no field " + path.column() + " to be the " + role);
        if (!path.isTopLevel()) {
            problems.add(problem("E_NESTED_PATH", "a nested field cannot be the " + role + ": " + path));
        } else if (selected.indexOf(path.column()).isEmpty()) {
            problems.add(problem(
                    "E_FIELD_NOT_SELECTED",
                    "the field " + path + " is the " + role + " and has to be among the selected fields"));
        }
    }

    private Problem problem(String code, String message) {
        return Problem.of(code, ProblemKind.CONFIG, message).at(stream.id().toString());
    }

    private static String keys(List<StreamMode> modes) {
        return modes.stream().map(StreamMode::key).collect(Collectors.joining(", "));
    }

    private static String paths(List<FieldPath> key) {
        return key.stream().map(FieldPath::toString).collect(Collectors.joining(", "));
    }
}
