package dev.sluice.engine.plan;

import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Resolves what a connection asks for against what its source and destination offer. */
public final class Planner {
    /** The code of the problem that a named stream is not there. */
    public static final String STREAM_NOT_FOUND = "E_STREAM_NOT_FOUND";

    private final Connection connection;
    private final Owner owner;
    private final Destination destination;
    private final DestinationTraits traits;
    private final List<Problem> problems = new ArrayList<>();

    private Planner(Connection connection, Owner owner, Destination destination) {
        this.connection = connection;
        this.owner = owner;
        this.destination = destination;
        this.traits = destination.traits();
    }

    /**
     * Makes the plan of a run.
     *
     * @param connection what the user asks for
     * @param owner who will own the targets
     * @param catalog what the source offers
     * @param destination where it goes
     */
    public static SyncPlan plan(Connection connection, Owner owner, Catalog catalog, Destination destination) {
        return new Planner(connection, owner, destination).plan(catalog);
    }

    private SyncPlan plan(Catalog catalog) {
        List<StreamPlan> plans = new ArrayList<>();
        Set<String> locations = new HashSet<>();
        for (StreamMatcher.Match match : StreamMatcher.match(connection.streams(), catalog)) {
            reportMismatch(match, catalog);
            for (CatalogStream stream : match.streams()) {
                try {
                    planStream(stream, match.settings(), locations).ifPresent(plans::add);
                } catch (ProblemException cannotPlan) {
                    Problem problem = cannotPlan.problem();
                    problems.add(
                            problem.where() == null ? problem.at(stream.id().toString()) : problem);
                }
            }
        }
        if (plans.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.of("E_NO_STREAMS", ProblemKind.CONFIG, "the source offers no stream to copy")
                    .at(connection.source().name())
                    .fix("see what it offers with `sluice discover`"));
        }
        return new SyncPlan(plans, problems);
    }

    private void reportMismatch(StreamMatcher.Match match, Catalog catalog) {
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
        boolean mayBeEmpty = settings.pattern().equals("*") || StreamMatcher.matchesAny(settings, catalog);
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

    private Optional<StreamPlan> planStream(CatalogStream stream, StreamSettings settings, Set<String> locations) {
        Schema schema = FieldChoice.select(stream, settings.fields());
        ModeSettings chosen = ModeSettings.of(
                stream, settings, traits.modes(), connection.rules().intent());
        List<Problem> mistakes = chosen.problems(schema);
        if (!mistakes.isEmpty()) {
            problems.addAll(mistakes);
            return Optional.empty();
        }
        List<String> notes = new ArrayList<>(chosen.notes());
        StreamMode mode = chosen.mode();
        WriteMode write = new WriteMode(mode.write(), chosen.key(), chosen.orderedBy(schema));
        TargetSpec target = new TargetSpec(
                owner, stream.id(), targetName(stream, settings), schema, write, new Generation(0, 0, 0));
        TargetPlan preview = destination.plan(target);
        if (!locations.add(preview.location())) {
            target = renamed(target);
            preview = destination.plan(target);
            if (!locations.add(preview.location())) {
                throw Problem.of(
                                "E_TARGET_CLASH",
                                ProblemKind.CONFIG,
                                "two streams would be written to " + preview.location())
                        .at(stream.id().toString())
                        .fix("give one of them another name with `as`")
                        .exception();
            }
            notes.add("written to " + preview.location() + ", because another stream has the shorter name");
        }
        checkLossy(stream, settings, preview);
        StreamRead read = new StreamRead(
                stream,
                schema,
                mode.read(),
                mode.read() == SyncMode.INCREMENTAL ? chosen.cursor() : null,
                chosen.key(),
                mode.write().dedups());
        return Optional.of(new StreamPlan(mode, read, target, preview, traits.maxWriters(), notes));
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

    private void checkLossy(CatalogStream stream, StreamSettings settings, TargetPlan preview) {
        String lossy = preview.columns().stream()
                .filter(column -> column.fit() == Fit.LOSSY)
                .map(Planner::lossyWords)
                .collect(Collectors.joining("; "));
        if (!lossy.isEmpty() && !connection.rules().lossyAccepted() && !settings.lossyAccepted()) {
            problems.add(Problem.of(
                            "E_LOSSY_TYPES", ProblemKind.CONFIG, "some columns cannot hold every value of their field")
                    .at(stream.id().toString())
                    .because(lossy)
                    .fix("leave the fields out, or consent with `lossy: accept` for the stream"));
        }
    }

    private static String lossyWords(ColumnPlan column) {
        String words = column.column() + ": " + column.field().type().notation() + " as " + column.columnType();
        return column.note() == null ? words : words + " (" + column.note() + ")";
    }
}
