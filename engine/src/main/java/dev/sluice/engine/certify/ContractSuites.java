package dev.sluice.engine.certify;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contract suites as a service of an installation, found by {@link java.util.ServiceLoader}. One call at a time. */
public interface ContractSuites {
    /**
     * Holds a source against the contract.
     *
     * @param stream the stream to read; null for the smallest one
     * @param mostRows no stream with more rows is read
     * @param heard hears of each finding as it comes
     */
    Findings source(Subject<Source> subject, @Nullable StreamId stream, long mostRows, Consumer<Finding> heard);

    /**
     * Holds a destination against the contract. Whatever it writes has names that begin with a text.
     *
     * @param scratch that text; with it, everything is removed at the end as far as the destination can
     * @param heard hears of each finding as it comes
     */
    Findings destination(Subject<Destination> subject, String scratch, Consumer<Finding> heard);

    /**
     * What is looked at.
     *
     * @param open makes it with the configuration that works
     * @param wrong configurations that have to be refused, by what is wrong with them
     * @param hostile configurations that may be refused or not, and that nothing may break at
     * @param secrets texts that no message may hold
     * @param <C> a source or a destination
     */
    record Subject<C>(
            Function<ConnectorContext, C> open,
            Map<String, Function<ConnectorContext, C>> wrong,
            Map<String, Function<ConnectorContext, C>> hostile,
            Set<String> secrets) {
        public Subject {
            Objects.requireNonNull(open);
            wrong = Map.copyOf(wrong);
            hostile = Map.copyOf(hostile);
            secrets = Set.copyOf(secrets);
        }
    }

    /** What became of a promise. */
    enum Verdict {
        /** It was tried and kept. */
        KEPT,
        /** It was tried and broken. */
        BROKEN,
        /** It could not be tried, or means nothing for this connector. */
        NOT_CHECKED
    }

    /**
     * One promise.
     *
     * @param group what it is about
     * @param name the promise
     * @param verdict what became of it
     * @param why why not; null if it was kept
     */
    record Finding(
            String group,
            String name,
            Verdict verdict,
            @Nullable String why) {}

    /**
     * All that was found.
     *
     * @param all each promise
     * @param gaps what the connector cannot do, by promise: because it says so itself, or because it was seen
     * @param notes what a reader has to know of how it was looked at
     */
    record Findings(List<Finding> all, Map<String, String> gaps, List<String> notes) {
        public Findings {
            all = List.copyOf(all);
            gaps = Map.copyOf(gaps);
            notes = List.copyOf(notes);
        }
    }
}
