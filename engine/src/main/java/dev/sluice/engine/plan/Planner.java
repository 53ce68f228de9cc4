package dev.sluice.engine.plan;

import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.Mapping;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Fit;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resolves what a connection asks for against what its source and destination offer. */
public final class Planner {
    /** The code of the problem that a named stream is not there. */
    public static final String STREAM_NOT_FOUND = "E_STREAM_NOT_FOUND";

    private final Connection connection;
    private final Owner owner;
    private final Destination destination;
    private final DestinationTraits traits;
    private final SchemaDrift drift;
    private final PlanMemory memory;
    private final Set<String> locations = new HashSet<>();
    private final List<StoppedStream> stopped = new ArrayList<>();
    private final List<StreamChange> changes = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private Planner(Connection connection, Owner owner, PlanMemory memory, Destination destination) {
        this.connection = connection;
        this.owner = owner;
        this.destination = destination;
        this.traits = destination.traits();
        this.drift = new SchemaDrift(connection.rules(), memory);
        this.memory = memory;
    }

    /**
     * Makes the plan of a run.
     *
     * @param connection what the user asks for
     * @param owner who will own the targets
     * @param memory what is known of earlier runs
     * @param catalog what the source offers
     * @param destination where it goes
     */
    public static SyncPlan plan(
            Connection connection, Owner owner, PlanMemory memory, Catalog catalog, Destination destination) {
        return new Planner(connection, owner, memory, destination).plan(catalog);
    }

    private SyncPlan plan(Catalog catalog) {
        List<StreamMatcher.Match> matches = StreamMatcher.match(connection.streams(), catalog);
        List<SchemaDrift.Candidate> candidates = new ArrayList<>();
        SchemaDrift.Gone gone = drift.gone(connection.streams(), catalog);
        changes.addAll(gone.changes());
        stopped.addAll(gone.stopped());
        StreamMatcher.unreadable(connection.streams(), catalog)
                .forEach(stream -> stopped.add(new StoppedStream(stream.id(), at(stream.id(), stream.problem()))));
        for (StreamMatcher.Match match : matches) {
            reportMismatch(match, catalog, gone);
            for (CatalogStream stream : match.streams()) {
                try {
                    candidates.add(drift.candidate(stream, match.settings()));
                } catch (ProblemException cannotSelect) {
                    problems.add(at(stream.id(), cannotSelect.problem()));
                }
            }
        }
        List<StreamPlan> plans = planAll(candidates);
        if (plans.isEmpty() && problems.isEmpty() && stopped.isEmpty()) {
            problems.add(Problem.of("E_NO_STREAMS", ProblemKind.CONFIG, "the source offers no stream to copy")
                    .at(connection.source().name())
                    .fix("see what it offers with `sluice discover`"));
        }
        return new SyncPlan(plans, stopped, changes, problems);
    }

    /** Streams that have tables come first, so that no new stream takes the name of one that was there before. */
    private List<StreamPlan> planAll(List<SchemaDrift.Candidate> candidates) {
        Map<StreamId, StreamPlan> plans = new HashMap<>();
        candidates.stream().filter(each -> each.known() != null).forEach(each -> plan(each, plans));
        candidates.stream().filter(each -> each.known() == null).forEach(each -> plan(each, plans));
        return candidates.stream()
                .map(each -> plans.get(each.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Plans a stream. What goes wrong stops the run; if the stream has changed, it stops the stream only. */
    private void plan(SchemaDrift.Candidate candidate, Map<StreamId, StreamPlan> plans) {
        StreamChange change = candidate.change();
        if (change != null
                && change.kind() == StreamChange.Kind.ADDED
                && change.effect() == StreamChange.Effect.LEFT_OUT) {
            changes.add(change);
            return;
        }
        Outcome outcome = outcome(candidate);
        StreamPlan plan = outcome.plan;
        if (change == null || outcome.problems.isEmpty()) {
            problems.addAll(outcome.problems);
            if (plan != null) {
                plans.put(candidate.id(), plan);
            }
            if (change != null) {
                changes.add(change);
            }
            return;
        }
        Problem first = outcome.problems.getFirst();
        if (first.kind() == ProblemKind.DATA) {
            first = first.fix(
                    "copy the stream anew: `sluice refresh --stream " + candidate.id() + "`; or leave the field out");
        }
        stopped.add(new StoppedStream(candidate.id(), first));
        changes.add(change.with(StreamChange.Effect.STOPPED));
    }

    /** The plan of a stream, and why it cannot be carried out. */
    private record Outcome(@Nullable StreamPlan plan, List<Problem> problems) {}

    private Outcome outcome(SchemaDrift.Candidate candidate) {
        try {
            Optional<Problem> paused = SchemaDrift.paused(candidate);
            return paused.isPresent() ? new Outcome(null, List.of(paused.get())) : planStream(candidate);
        } catch (ProblemException cannotPlan) {
            return new Outcome(null, List.of(at(candidate.id(), cannotPlan.problem())));
        }
    }

    private static Problem at(StreamId stream, Problem problem) {
        return problem.where() == null ? problem.at(stream.toString()) : problem;
    }

    private void reportMismatch(StreamMatcher.Match match, Catalog catalog, SchemaDrift.Gone gone) {
        StreamSettings settings = match.settings();
        if (settings.alias() != null && match.streams().size() > 1) {
            problems.add(Problem.of(
                            "E_TARGET_CLASH",
                            ProblemKind.CONFIG,
                            match.streams().size() + " streams cannot all be written as " + settings.alias())
                    .at(connection.name() + ".streams." + settings.pattern())
                    .fix("give each stream settings of its own, or use `prefix`"));
        }
        // A catch-all may catch nothing: because the source is empty, or because every stream is named elsewhere.
        boolean mayBeEmpty = settings.pattern().equals("*")
                || StreamMatcher.matchesAny(settings, catalog)
                || gone.changes().stream().anyMatch(each -> StreamMatcher.matches(settings, each.stream()));
        if (match.streams().isEmpty() && !mayBeEmpty) {
            reportUnmatched(settings, catalog);
        }
    }

    private void reportUnmatched(StreamSettings settings, Catalog catalog) {
        Optional<String> nearest = StreamMatcher.nearest(settings.pattern(), catalog);
        problems.add(Problem.of(STREAM_NOT_FOUND, ProblemKind.CONFIG, "the source has no stream " + settings.pattern())
                .at(connection.name() + ".streams")
                .because("it does not exist, or the credentials do not allow reading it")
                .fix(nearest.map(name -> "did you mean " + name + "?")
                        .orElse("see what it offers with `sluice discover`")));
    }

    private Outcome planStream(SchemaDrift.Candidate candidate) {
        ObjectSettings object = candidate.settings().rows().object();
        return object == null ? planCopy(candidate) : planObjects(candidate, object);
    }

    /** The rows become objects that the destination knows already. */
    private Outcome planObjects(SchemaDrift.Candidate candidate, ObjectSettings wanted) {
        CatalogStream stream = candidate.current();
        StreamSettings settings = candidate.settings();
        Mapping mappers = StreamMapping.of(stream, settings, candidate.schema());
        ObjectPlanner.Objects objects = ObjectPlanner.plan(stream, settings, wanted, mappers, destination);
        TargetSpec target = new TargetSpec(
                owner,
                stream.id(),
                new TargetName(null, wanted.object()),
                objects.mapping().schema(),
                objects.write(),
                new Generation(0, 0, 0),
                objects.object());
        StreamRead read = new StreamRead(
                stream,
                candidate.schema(),
                objects.mode().read(),
                objects.cursor(),
                stream.primaryKey(),
                objects.mode().write() != DestinationSyncMode.APPEND,
                objects.mapping().prefilter());
        StreamDrift settled = drift.settle(candidate, objects.mode());
        RejectRules own = settings.rows().rejects();
        // One after the other: which of two rows of one object is the later must not be left to chance.
        StreamPlan.Handling handling = new StreamPlan.Handling(
                1, own == null ? connection.rules().rejects() : own, objects.mapping(), wanted.maxDeletedPercent());
        return new Outcome(
                new StreamPlan(
                        objects.mode(),
                        read,
                        target,
                        destination.plan(target),
                        handling,
                        drift.notes(candidate, objects.mode(), settled),
                        settled),
                List.of());
    }

    private Outcome planCopy(SchemaDrift.Candidate candidate) {
        CatalogStream stream = candidate.withOldKey();
        StreamSettings settings = candidate.settings();
        Schema schema = candidate.schema();
        ModeSettings chosen = ModeSettings.of(
                stream,
                candidate.asItWas(),
                settings,
                traits.modes(),
                connection.rules().intent());
        List<Problem> mistakes =
                SchemaDrift.breaking(candidate, chosen).map(List::of).orElseGet(() -> chosen.problems(schema));
        if (!mistakes.isEmpty()) {
            return new Outcome(null, mistakes);
        }
        StreamMode mode = chosen.mode();
        Mapping mapping = StreamMapping.of(chosen, schema);
        WriteMode write = StreamMapping.write(chosen, schema, mapping);
        Generation generation = isReplaced(stream) ? new Generation(1, 1, 0) : new Generation(0, 0, 0);
        Place place = place(
                new TargetSpec(owner, stream.id(), targetName(stream, settings), mapping.schema(), write, generation));
        Mapping mapped = StreamMapping.settled(mapping, chosen, place.preview, traits);
        StreamRead read = new StreamRead(
                candidate.current(),
                schema,
                mode.read(),
                mode.read() == SyncMode.INCREMENTAL ? chosen.cursor() : null,
                chosen.keyIn(candidate.current()),
                mode.write().dedups(),
                mapped.prefilter());
        StreamDrift settled = drift.settle(candidate, mode);
        List<String> notes = new ArrayList<>(chosen.notes());
        notes.addAll(place.notes);
        notes.addAll(drift.notes(candidate, mode, settled));
        notes.addAll(StreamMapping.notes(
                mapping, isReplaced(stream) ? null : memory.mapped().get(stream.id()), chosen));
        List<Problem> doubts = new ArrayList<>();
        drift.altering(candidate, place.preview, mapping).ifPresent(doubts::add);
        lossy(stream, settings, place.preview).ifPresent(doubts::add);
        RejectRules own = settings.rows().rejects();
        StreamPlan.Handling handling = new StreamPlan.Handling(
                traits.maxWriters(), own == null ? connection.rules().rejects() : own, mapped);
        return new Outcome(new StreamPlan(mode, read, place.target, place.preview, handling, notes, settled), doubts);
    }

    private boolean isReplaced(CatalogStream stream) {
        return memory.replaced().contains(stream.id());
    }

    /** Where a stream will stand. */
    private record Place(TargetSpec target, TargetPlan preview, List<String> notes) {}

    private Place place(TargetSpec wanted) {
        TargetPlan preview = destination.plan(wanted);
        if (locations.add(preview.location())) {
            return new Place(wanted, preview, List.of());
        }
        TargetSpec target = renamed(wanted);
        preview = destination.plan(target);
        if (!locations.add(preview.location())) {
            throw Problem.of(
                            "E_TARGET_CLASH",
                            ProblemKind.CONFIG,
                            "two streams would be written to " + preview.location())
                    .at(wanted.stream().toString())
                    .fix("copy only one of them, or give one of them another name with `as`")
                    .exception();
        }
        String note = "written to " + preview.location() + ", because another stream has the shorter name";
        return new Place(target, preview, List.of(note));
    }

    private TargetName targetName(CatalogStream stream, StreamSettings settings) {
        String name = settings.alias() != null ? settings.alias() : stream.id().name();
        return new TargetName(
                traits.namespaces() ? connection.namespace().namespaceOf(stream.id()) : null,
                connection.prefix() + name);
    }

    /** Platform rule for clashing names: the later stream's gets three hexadecimal digits of a digest of its identity. */
    private static TargetSpec renamed(TargetSpec target) {
        String namespace = Objects.requireNonNullElse(target.stream().namespace(), "");
        String suffix = Digests.sha1Hex(
                        namespace + "airbyte_conflict" + target.stream().name())
                .substring(0, 3);
        TargetName name =
                new TargetName(target.name().namespace(), target.name().name() + "_" + suffix);
        return new TargetSpec(
                target.owner(), target.stream(), name, target.schema(), target.mode(), target.generation());
    }

    private Optional<Problem> lossy(CatalogStream stream, StreamSettings settings, TargetPlan preview) {
        String lossy = preview.columns().stream()
                .filter(column -> column.fit() == Fit.LOSSY)
                .map(Planner::lossyWords)
                .collect(Collectors.joining("; "));
        if (lossy.isEmpty()
                || connection.rules().lossyAccepted()
                || settings.rows().lossyAccepted()) {
            return Optional.empty();
        }
        return Optional.of(
                Problem.of("E_LOSSY_TYPES", ProblemKind.CONFIG, "some columns cannot hold every value of their field")
                        .at(stream.id().toString())
                        .because(lossy)
                        .fix("leave the fields out, or consent with `lossy: accept` for the stream"));
    }

    private static String lossyWords(ColumnPlan column) {
        String words = column.column() + ": " + column.field().type().notation() + " as " + column.columnType();
        return column.note() == null ? words : words + " (" + column.note() + ")";
    }
}
