package dev.sluice.server.runs;

import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.Mapping;
import dev.sluice.engine.plan.PlannedReads;
import dev.sluice.engine.run.Preview;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.schemas.SourceSamples;
import dev.sluice.server.store.Store;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the first rows of streams, few at a time and not for long. Threads may share it. */
public final class Samples implements SourceSamples {
    private static final int LONGEST_TEXT = 300;

    private final Store store;
    private final Sides sides;
    private final Connections connections;
    private final Clock clock;
    private final Brief brief;

    /**
     * Those of a store.
     *
     * @param patience how long a source may take
     */
    public Samples(Store store, Sides sides, Connections connections, Clock clock, Duration patience) {
        this.store = store;
        this.sides = sides;
        this.connections = connections;
        this.clock = clock;
        this.brief = new Brief(patience);
    }

    @Override
    public Sample ofSource(UUID sourceId, StreamId stream, int rows) {
        Side<SourceConnector> side = sides.source(sourceId);
        return within(side, null, (source, _) -> {
            CatalogStream found = found(source, stream);
            return sample(source, whole(found), Mapping.none(found.schema()), rows);
        });
    }

    @Override
    public Mapped ofConnection(UUID connectionId, StreamId stream, int rows) {
        record Meant(Connection connection, ConnectionStream stream) {}
        Meant meant = store.read(transaction -> {
            Connection connection = connections.find(transaction, connectionId).orElseThrow(() -> missing(stream));
            List<ConnectionStream> streams = connections.streams(transaction, connectionId).stream()
                    .filter(each -> each.stream().equals(stream))
                    .toList();
            return new Meant(
                    connection,
                    sides.streams(transaction, connection, streams).stream()
                            .findFirst()
                            .orElseThrow(() -> missing(stream)));
        });
        StreamSettings settings = Settings.settings(meant.stream());
        Side<DestinationConnector> to = PlannedReads.needsDestination(List.of(settings))
                ? sides.destination(meant.connection().ends().destinationId())
                : null;
        return within(sides.source(meant.connection().ends().sourceId()), to, (source, destination) -> {
            CatalogStream found = found(source, stream);
            PlannedReads.Mapped mapped =
                    PlannedReads.of(List.of(settings), new Catalog(List.of(found)), destination).stream()
                            .findFirst()
                            .orElseThrow(() -> missing(stream));
            return new Mapped(
                    sample(source, whole(found), Mapping.none(found.schema()), rows),
                    sample(source, mapped.read(), mapped.mapping(), rows));
        });
    }

    private static StreamRead whole(CatalogStream stream) {
        return new StreamRead(stream, stream.schema(), SyncMode.FULL_REFRESH, null, stream.primaryKey(), false);
    }

    static CatalogStream found(Source source, StreamId stream) {
        return source.discover(new DiscoverScope.Only(Set.of(stream)))
                .find(stream)
                .orElseThrow(() -> missing(stream));
    }

    private static ProblemException missing(StreamId stream) {
        return Problem.of("E_STREAM_NOT_FOUND", ProblemKind.CONFIG, "there is no stream " + stream)
                .fix("check the source for what it has now")
                .exception();
    }

    private static Sample sample(Source source, StreamRead read, Mapping mapping, int most) {
        Preview preview = Preview.of(source, read, mapping, most);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (RecordBatch batch : preview.batches()) {
            for (int row = 0; row < batch.rows() && rows.size() < most; row++) {
                rows.add(texts(batch, row));
            }
        }
        return new Sample(mapping.schema().fields(), rows, preview.rejected());
    }

    static List<@Nullable String> texts(RecordBatch batch, int row) {
        List<@Nullable String> texts = new ArrayList<>();
        for (int field = 0; field < batch.schema().size(); field++) {
            String text = ValueText.of(batch.schema().field(field).type(), batch.column(field), row)
                    .orElse(null);
            texts.add(text == null || text.length() <= LONGEST_TEXT ? text : cut(text));
        }
        return texts;
    }

    private static String cut(String text) {
        int end = text.offsetByCodePoints(0, text.codePointCount(0, LONGEST_TEXT));
        return text.substring(0, end) + "…";
    }

    /** What is done with an open source, and with a destination where that knows what rows become. */
    private interface Looking<T> {
        T at(Source source, @Nullable Destination destination);
    }

    private <T> T within(Side<SourceConnector> side, @Nullable Side<DestinationConnector> to, Looking<T> looking) {
        Set<String> secrets = new LinkedHashSet<>(side.secrets());
        if (to != null) {
            secrets.addAll(to.secrets());
        }
        Redactor redactor = Redactor.of(secrets);
        try {
            return brief.answer(
                    stop -> {
                        try (Source source = side.connector()
                                        .open(side.endpoint().config(), Brief.context(clock, stop, side, redactor));
                                Destination destination = to == null
                                        ? null
                                        : to.connector()
                                                .open(
                                                        to.endpoint().config(),
                                                        Brief.context(clock, stop, to, redactor))) {
                            return looking.at(source, destination);
                        }
                    },
                    () -> late(side));
        } catch (ProblemException failure) {
            throw redactor.redact(failure.problem()).exception();
        }
    }

    private ProblemException late(Side<SourceConnector> side) {
        return Problem.of("E_SAMPLE_TIMEOUT", ProblemKind.TRANSIENT, "the source gave no rows in time")
                .at(side.actor().name())
                .because("it took more than " + brief.patience().toSeconds() + " s")
                .exception();
    }
}
