package dev.sluice.engine.plan;

import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.SchemaRule;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.Mapping;
import dev.sluice.engine.schema.SchemaChange;
import dev.sluice.engine.schema.SchemaDiff;
import dev.sluice.engine.schema.StreamText;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the streams of a source against what they were when their tables were last made, and says by the connection's
 * rule what follows. A change concerns its own stream only; ADR 0072 has the rules.
 */
final class SchemaDrift {
    private final ConnectionRules rules;
    private final Map<StreamId, CatalogStream> known = new LinkedHashMap<>();
    private final Set<StreamId> replaced;

    SchemaDrift(ConnectionRules rules, PlanMemory memory) {
        this.rules = rules;
        this.replaced = memory.replaced();
        memory.known().forEach(stream -> known.put(stream.id(), stream));
    }

    /**
     * A stream that may be copied.
     *
     * @param current the stream as the source describes it
     * @param settings what the user says of it
     * @param known the stream as it was; null if it is new
     * @param schema the fields to copy
     * @param change what is otherwise than it was; null if nothing is
     */
    record Candidate(
            CatalogStream current,
            StreamSettings settings,
            @Nullable CatalogStream known,
            Schema schema,
            @Nullable StreamChange change) {

        StreamId id() {
            return current.id();
        }

        /** The stream with the key that its rows are told apart by so far, unless the user already names the new one. */
        CatalogStream withOldKey() {
            boolean namesNew = !settings.primaryKey().isEmpty()
                    && new HashSet<>(settings.primaryKey()).equals(new HashSet<>(current.primaryKey()));
            return known == null || namesNew
                    ? current
                    : new CatalogStream(
                            current.id(),
                            current.schema(),
                            current.syncModes(),
                            current.cursor(),
                            known.primaryKey(),
                            current.resumable(),
                            current.estimate());
        }

        /** The stream with all that a mode is chosen by as it was, so that no table changes its mode by itself. */
        CatalogStream asItWas() {
            return known == null
                    ? current
                    : new CatalogStream(
                            current.id(),
                            current.schema(),
                            known.syncModes(),
                            known.cursor(),
                            known.primaryKey(),
                            current.resumable(),
                            current.estimate());
        }
    }

    /** Looks at a stream; whether it can be copied so depends on its mode too. */
    Candidate candidate(CatalogStream current, StreamSettings settings) {
        CatalogStream before = known.get(current.id());
        Schema selected = FieldChoice.select(current, settings.fields(), before);
        if (before == null) {
            boolean isNew = !known.isEmpty() && settings.isGlob();
            return new Candidate(current, settings, null, selected, isNew ? added(current) : null);
        }
        if (replaced.contains(current.id())) {
            // Whoever wants a new copy of a stream takes it as it is.
            return new Candidate(current, settings, null, selected, null);
        }
        Schema old = FieldChoice.selectKnown(before, settings.fields(), selected);
        List<SchemaChange> details = SchemaDiff.between(old, selected, before, current);
        if (details.isEmpty()) {
            return new Candidate(current, settings, before, selected, null);
        }
        StreamChange.Effect effect = switch (rules.schemaChanges()) {
            case IGNORE -> StreamChange.Effect.LEFT_OUT;
            case PROPAGATE_COLUMNS, PROPAGATE_FULLY ->
                details.stream().allMatch(SchemaDrift::isOfAttribute)
                        ? StreamChange.Effect.LEFT_OUT
                        : StreamChange.Effect.APPLIED;
            case PAUSE -> StreamChange.Effect.STOPPED;
        };
        Schema copied = rules.schemaChanges() == SchemaRule.IGNORE ? only(selected, old) : selected;
        return new Candidate(
                current,
                settings,
                before,
                copied,
                new StreamChange(current.id(), StreamChange.Kind.CHANGED, details, effect, current));
    }

    private StreamChange added(CatalogStream current) {
        StreamChange.Effect effect = switch (rules.schemaChanges()) {
            case IGNORE -> StreamChange.Effect.LEFT_OUT;
            case PROPAGATE_COLUMNS, PROPAGATE_FULLY -> StreamChange.Effect.APPLIED;
            case PAUSE -> StreamChange.Effect.STOPPED;
        };
        return new StreamChange(current.id(), StreamChange.Kind.ADDED, List.of(), effect, current);
    }

    private static boolean isOfAttribute(SchemaChange change) {
        return switch (change) {
            case SchemaChange.KeyChanged ignored -> true;
            case SchemaChange.IncrementalChanged ignored -> true;
            case SchemaChange.FieldAdded ignored -> false;
            case SchemaChange.FieldRemoved ignored -> false;
            case SchemaChange.FieldRetyped ignored -> false;
        };
    }

    private static Schema only(Schema selected, Schema old) {
        Set<String> names = new HashSet<>(old.names());
        return new Schema(selected.fields().stream()
                .filter(field -> names.contains(field.name()))
                .toList());
    }

    /** Why a stream that has changed is not copied, before its mode is looked at; empty if it may be. */
    static Optional<Problem> paused(Candidate candidate) {
        StreamChange change = candidate.change();
        if (change == null || change.effect() != StreamChange.Effect.STOPPED) {
            return Optional.empty();
        }
        return Optional.of(paused(change));
    }

    private static Problem paused(StreamChange change) {
        String what = switch (change.kind()) {
            case ADDED -> "the stream is new";
            case REMOVED -> "the stream is gone from the source";
            case CHANGED -> words(change.details());
        };
        return Problem.of(
                        "E_SCHEMA_PAUSED",
                        ProblemKind.CONFIG,
                        "the stream has changed and waits until that is accepted")
                .at(change.stream().toString())
                .because(what)
                .fix("look at it with `sluice schema show`, and go on with `sluice schema accept`");
    }

    /** Why a stream cannot go on in its mode under any rule; empty if it can. */
    static Optional<Problem> breaking(Candidate candidate, ModeSettings chosen) {
        CatalogStream before = candidate.known();
        if (before == null || candidate.change() == null) {
            return Optional.empty();
        }
        StreamMode mode = chosen.mode();
        CatalogStream now = candidate.current();
        List<FieldPath> key = chosen.key();
        if (mode.read() == SyncMode.INCREMENTAL) {
            if (before.supportsIncremental() && !now.supportsIncremental()) {
                return Optional.of(breaking(candidate, "it can no longer be read incrementally")
                        .fix("name another mode for it, such as `mode: full_refresh_overwrite`"));
            }
            FieldPath cursor = chosen.cursor();
            if (cursor != null && isGone(cursor, before, now)) {
                return Optional.of(breaking(candidate, "the field " + cursor + ", which is its cursor, is gone")
                        .fix("name another `cursor`, or another mode"));
            }
        }
        if (mode.write().dedups()) {
            Optional<FieldPath> gone =
                    key.stream().filter(path -> isGone(path, before, now)).findFirst();
            if (gone.isPresent()) {
                return Optional.of(
                        breaking(candidate, "the field " + gone.get() + ", which belongs to its primary key, is gone")
                                .fix(newKey(candidate)));
            }
            if (!now.primaryKey().isEmpty() && !new HashSet<>(key).equals(new HashSet<>(now.primaryKey()))) {
                return Optional.of(breaking(candidate, new SchemaChange.KeyChanged(key, now.primaryKey()).words())
                        .fix(newKey(candidate)));
            }
        }
        return Optional.empty();
    }

    private static String newKey(Candidate candidate) {
        return candidate.settings().primaryKey().isEmpty()
                ? "take the new key with `sluice schema accept`, then copy the stream anew: `sluice refresh --stream "
                        + candidate.id() + "`"
                : "name another `primaryKey`, then copy the stream anew: `sluice refresh --stream " + candidate.id()
                        + "`";
    }

    private static Problem breaking(Candidate candidate, String why) {
        return Problem.of("E_SCHEMA_BREAKING", ProblemKind.CONFIG, "the stream has changed and cannot go on as it was")
                .at(candidate.id().toString())
                .because(why);
    }

    private static boolean isGone(FieldPath path, CatalogStream before, CatalogStream now) {
        return before.schema().indexOf(path.column()).isPresent()
                && now.schema().indexOf(path.column()).isEmpty();
    }

    /** Why a stream whose changes are to be ignored cannot go on without altering its table; empty if it can. */
    Optional<Problem> altering(Candidate candidate, TargetPlan preview, Mapping mapping) {
        StreamChange change = candidate.change();
        if (rules.schemaChanges() != SchemaRule.IGNORE || change == null) {
            return Optional.empty();
        }
        Set<String> retyped = new HashSet<>();
        for (SchemaChange detail : change.details()) {
            if (detail instanceof SchemaChange.FieldRetyped(FieldPath path, var before, var now)) {
                retyped.add(Objects.requireNonNullElse(mapping.renamed(path.column()), path.column()));
            }
        }
        return preview.columns().stream()
                .filter(column -> retyped.contains(column.field().name()))
                .filter(column -> column.action() != ColumnPlan.Action.KEEP)
                .findFirst()
                .map(column -> Problem.of(
                                "E_SCHEMA_IGNORED",
                                ProblemKind.CONFIG,
                                "the column " + column.column() + " cannot hold its field any more as it is")
                        .at(candidate.id().toString())
                        .because(words(change.details()) + "; `schemaChanges: ignore` leaves tables as they are")
                        .fix("accept the change with `sluice schema accept`, or leave the field out"));
    }

    /** What the run has to do about the change of a stream that is copied in a mode. */
    StreamDrift settle(Candidate candidate, StreamMode mode) {
        CatalogStream before = candidate.known();
        if (before == null) {
            return new StreamDrift(StreamText.normal(candidate.current()), false);
        }
        if (!rules.schemaChanges().propagates()) {
            return StreamDrift.NONE;
        }
        StreamChange change = candidate.change();
        // Key, cursor and modes stay as they were: a table must not change its ways by itself.
        CatalogStream accepted = StreamText.normal(new CatalogStream(
                before.id(),
                candidate.current().schema(),
                before.syncModes(),
                before.cursor(),
                before.primaryKey(),
                candidate.current().resumable(),
                candidate.current().estimate()));
        return new StreamDrift(
                accepted.equals(before) ? null : accepted,
                change != null
                        && rules.backfill()
                        && mode == StreamMode.INCREMENTAL_APPEND_DEDUPED
                        && hasNewValues(change));
    }

    /** What a person should know of new fields in a stream whose older rows are not read again. */
    List<String> notes(Candidate candidate, StreamMode mode, StreamDrift drift) {
        StreamChange change = candidate.change();
        boolean relevant = change != null
                && rules.schemaChanges().propagates()
                && mode.read() == SyncMode.INCREMENTAL
                && hasNewValues(change);
        if (!relevant) {
            return List.of();
        }
        if (drift.backfills()) {
            return List.of("all rows are read once more, so that older ones get the values of the new fields");
        }
        String again = "`sluice refresh --keep-history --stream " + candidate.id() + "`";
        return List.of(
                rules.backfill()
                        ? "older rows are not filled, because appending would add each row once more; " + again
                                + " does that"
                        : "older rows have no values of the new fields; " + again + " reads them again");
    }

    private static boolean hasNewValues(StreamChange change) {
        return change.details().stream()
                .anyMatch(detail ->
                        detail instanceof SchemaChange.FieldAdded || detail instanceof SchemaChange.FieldRetyped);
    }

    /** The known streams that the settings mean and the source no longer has. */
    Gone gone(List<StreamSettings> all, Catalog catalog) {
        Gone gone = new Gone(new ArrayList<>(), new ArrayList<>());
        for (StreamId id : known.keySet()) {
            if (!catalog.has(id)) {
                StreamMatcher.owner(all, id).ifPresent(settings -> addGone(settings, id, gone));
            }
        }
        return gone;
    }

    private void addGone(StreamSettings settings, StreamId id, Gone gone) {
        boolean letGo = rules.schemaChanges() == SchemaRule.PROPAGATE_FULLY
                || (settings.isGlob() && rules.schemaChanges() != SchemaRule.PAUSE);
        StreamChange change = new StreamChange(
                id,
                StreamChange.Kind.REMOVED,
                List.of(),
                letGo ? StreamChange.Effect.LEFT_OUT : StreamChange.Effect.STOPPED,
                null);
        gone.changes.add(change);
        if (!letGo) {
            gone.stopped.add(new StoppedStream(id, settings.isGlob() ? paused(change) : missing(id)));
        }
    }

    /**
     * Streams that the source no longer has.
     *
     * @param changes what is told of them
     * @param stopped those that count as failed
     */
    record Gone(List<StreamChange> changes, List<StoppedStream> stopped) {}

    private static Problem missing(StreamId id) {
        return Problem.of("E_STREAM_GONE", ProblemKind.CONFIG, "the source no longer has the stream")
                .at(id.toString())
                .because("it was dropped or renamed, or the credentials no longer allow reading it; its table stays as"
                        + " it is")
                .fix("take it out of the project file, or let such streams go with `schemaChanges: propagate_fully`");
    }

    static String words(List<SchemaChange> details) {
        return details.stream().map(SchemaChange::words).collect(Collectors.joining("; "));
    }
}
