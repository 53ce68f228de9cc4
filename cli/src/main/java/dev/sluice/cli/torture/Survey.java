package dev.sluice.cli.torture;

import dev.sluice.cli.session.ConnectionWish;
import dev.sluice.cli.session.StreamNames;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.plan.PlanMemory;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.engine.run.SyncRun;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.source.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Looks at both sides of a connection, and chooses what is tried. Changes nothing. */
public final class Survey {
    private Survey() {}

    /**
     * What the user asks for.
     *
     * @param streams these streams, as patterns; none for the smallest few
     * @param modes these modes; none for all that the pair offers
     * @param mostStreams how many streams if none is named
     * @param mostRows no stream with more rows
     */
    public record Wanted(List<String> streams, List<StreamMode> modes, int mostStreams, long mostRows) {
        public Wanted {
            streams = List.copyOf(streams);
            modes = List.copyOf(modes);
        }
    }

    /**
     * What is tried.
     *
     * @param subjects the streams in each of their modes
     * @param leftOut what is not, a sentence each
     */
    public record Found(List<Subject> subjects, List<String> leftOut) {
        public Found {
            subjects = List.copyOf(subjects);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * Chooses.
     *
     * @throws dev.sluice.spi.problem.ProblemException if the destination cannot be put to the test
     */
    public static Found of(Scratch scratch, Wanted wanted) {
        ConnectionWish wish = scratch.wish();
        StopSignal stop = new StopSignal();
        try (Source source = scratch.session().open(wish.from(), stop);
                Destination destination = scratch.session().openDestination(wish.to(), stop)) {
            if (!destination.traits().namespaces()) {
                throw scratch.unsuitable("it has no namespaces, so a trial would write where the real data is");
            }
            Catalog catalog = source.discover(SyncRun.scope(wish.connection().streams()));
            List<String> leftOut = new ArrayList<>();
            List<Subject> subjects = new ArrayList<>();
            for (CatalogStream stream : chosen(scratch, wanted, catalog, leftOut)) {
                List<String> reasons = new ArrayList<>();
                List<Subject> modes = modes(scratch, stream, wanted, new Sides(catalog, destination), reasons);
                if (modes.isEmpty()) {
                    leftOut.add(stream.id() + " cannot be copied in any of the modes: " + String.join("; ", reasons));
                }
                subjects.addAll(modes);
            }
            return new Found(subjects, leftOut);
        }
    }

    private static List<CatalogStream> chosen(Scratch scratch, Wanted wanted, Catalog catalog, List<String> leftOut) {
        Predicate<CatalogStream> named =
                stream -> StreamNames.of(wanted.streams()).test(stream.id());
        List<CatalogStream> all = catalog.streams().stream()
                .filter(stream -> scratch.settings(stream.id()).isPresent())
                .filter(named)
                .sorted(Comparator.comparingLong(Survey::size))
                .toList();
        List<CatalogStream> chosen = new ArrayList<>();
        int further = 0;
        for (CatalogStream stream : all) {
            long rows = stream.estimate().rows();
            if (rows > wanted.mostRows()) {
                leftOut.add(stream.id() + " has about " + rows + " rows, more than --max-rows " + wanted.mostRows());
            } else if (wanted.streams().isEmpty() && chosen.size() >= wanted.mostStreams()) {
                further++;
            } else {
                chosen.add(stream);
            }
        }
        if (further > 0) {
            leftOut.add(further + " further " + (further == 1 ? "stream" : "streams") + ", since the smallest "
                    + wanted.mostStreams() + " are tried; name others with --stream");
        }
        return chosen;
    }

    /** Streams of which nobody knows the size come last. */
    private static long size(CatalogStream stream) {
        long rows = stream.estimate().rows();
        return rows == Estimate.UNKNOWN ? Long.MAX_VALUE : rows;
    }

    /** What a plan is made of. */
    private record Sides(Catalog catalog, Destination destination) {}

    private static List<Subject> modes(
            Scratch scratch, CatalogStream stream, Wanted wanted, Sides sides, List<String> reasons) {
        Owner owner = new Owner("torture", scratch.wish().connection().name(), true);
        List<Subject> subjects = new ArrayList<>();
        List<StreamMode> tried = wanted.modes().isEmpty() ? StreamMode.copying() : wanted.modes();
        for (StreamMode mode : tried) {
            SyncPlan plan = Planner.plan(
                    scratch.connection(stream.id(), mode),
                    owner,
                    PlanMemory.NONE,
                    sides.catalog(),
                    sides.destination());
            if (!plan.problems().isEmpty() || plan.streams().size() != 1) {
                // The pair does not offer this mode.
                plan.problems().stream().limit(1).forEach(problem -> reasons.add(problem.message()));
                continue;
            }
            StreamPlan planned = plan.streams().getFirst();
            if (!scratch.holds(planned.preview().location())) {
                throw scratch.unsuitable("it would write to "
                        + planned.preview().location() + ", which is not in the namespace of the trial");
            }
            scratch.requireReadable(sides.destination(), planned.target());
            subjects.add(new Subject(stream.id(), mode, scratch.landing(planned.target())));
        }
        return subjects;
    }
}
