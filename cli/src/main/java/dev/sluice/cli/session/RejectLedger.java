package dev.sluice.cli.session;

import dev.sluice.cli.state.KeptReject;
import dev.sluice.cli.state.RejectFilter;
import dev.sluice.cli.state.StateFile;
import dev.sluice.engine.connection.Connection;
import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.Endpoint;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.shelf.RejectEntries;
import dev.sluice.engine.shelf.RejectTable;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Prepares the run that brings the rejected records of some connections into a table, where each has one row however often it runs. */
public final class RejectLedger {
    private static final int AT_ONCE = 200;
    private static final String NAME = "rejected records";

    private final Session session;
    private final RejectFilter filter;

    /** Records that a filter lets through. */
    public RejectLedger(Session session, RejectFilter filter) {
        this.session = session;
        this.filter = filter;
    }

    /**
     * A connection whose records are meant.
     *
     * @param name its name
     * @param state where its state is
     * @param object tells the object that a stream becomes; nothing if it is copied
     */
    public record Subject(String name, StateLocation state, Function<StreamId, @Nullable String> object) {}

    /**
     * The run.
     *
     * @param to the destination
     * @param table what the table is called
     * @param state where the state of the run is
     */
    public ConnectionWish wish(
            List<Subject> subjects, Side<DestinationConnector> to, String table, StateLocation state) {
        RejectConnector connector = new RejectConnector(
                () -> new Pages(subjects.iterator()), session.host().clock());
        Side<SourceConnector> from = new Side<>(
                connector,
                new Endpoint(NAME, connector.name(), Config.of(Map.of())),
                NAME,
                Map.of(),
                null,
                UnaryOperator.identity(),
                null);
        StreamSettings all = StreamSettings.of(RejectTable.NAME);
        StreamSettings stream =
                new StreamSettings(all.pattern(), null, null, List.of(), all.fields(), table, all.rows());
        Connection connection = new Connection(
                NAME,
                from.endpoint(),
                to.endpoint(),
                new NamespaceRule.Destination(),
                "",
                List.of(stream),
                ConnectionRules.USUAL);
        return new ConnectionWish(connection, from, to, null, state, "", List.of());
    }

    /** The records of one connection after the other. */
    private final class Pages implements RejectEntries {
        private final Iterator<Subject> subjects;
        private List<KeptReject> left = List.of();
        private @Nullable Subject current;

        Pages(Iterator<Subject> subjects) {
            this.subjects = subjects;
        }

        @Override
        public List<Entry> next() {
            while (left.isEmpty() && subjects.hasNext()) {
                current = subjects.next();
                left = all(current);
            }
            Subject subject = current;
            if (subject == null) {
                return List.of();
            }
            List<KeptReject> some = left.subList(0, Math.min(AT_ONCE, left.size()));
            left = left.subList(some.size(), left.size());
            List<Entry> entries = new ArrayList<>();
            some.forEach(kept -> entries.add(entry(subject, kept)));
            return entries;
        }

        private List<KeptReject> all(Subject subject) {
            try (StateFile file = StateFile.openExisting(
                            subject.state().database(), session.host().clock())
                    .orElse(null)) {
                return Optional.ofNullable(file)
                        .flatMap(there -> there.existing(subject.state().key()))
                        .map(store -> store.rejects(filter, Integer.MAX_VALUE))
                        .orElse(List.of());
            }
        }

        private static RejectEntries.Entry entry(Subject subject, KeptReject kept) {
            RejectEntries.Where where = new RejectEntries.Where(
                    subject.name(),
                    kept.syncId(),
                    kept.stream(),
                    subject.object().apply(kept.stream()));
            return new RejectEntries.Entry(kept.id(), where, kept.state().key(), kept.rejectedAt(), kept.record());
        }
    }
}
