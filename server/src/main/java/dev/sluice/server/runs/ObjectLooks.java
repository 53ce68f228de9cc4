package dev.sluice.server.runs;

import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.plan.FieldSuggestions;
import dev.sluice.engine.plan.ObjectCheck;
import dev.sluice.engine.run.ObjectPreview;
import dev.sluice.engine.run.StopSignal;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.DestinationObjects;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks destinations what objects they have, few at a time and not for long. Threads may share it. */
public final class ObjectLooks implements DestinationObjects {
    /** What can only be found out with keys that the server does not tell; a run finds it. */
    private static final String KEY = "E_MAPPER_KEY";

    private final Sides sides;
    private final Clock clock;
    private final Brief brief;

    /**
     * Those of a store.
     *
     * @param patience how long a destination may take
     */
    public ObjectLooks(Sides sides, Clock clock, Duration patience) {
        this.sides = sides;
        this.clock = clock;
        this.brief = new Brief(patience);
    }

    @Override
    public List<ObjectOperation> of(UUID destinationId, @Nullable String object) {
        return within(destinationId, destination -> destination.operations(object));
    }

    @Override
    public List<Refused> check(UUID destinationId, Catalog catalog, List<ConnectionStream> streams) {
        record Meant(CatalogStream stream, StreamSettings settings) {}
        List<Meant> meant = new ArrayList<>();
        for (ConnectionStream stream : streams) {
            StreamSettings settings = Settings.settings(stream);
            if (stream.selected() && settings.rows().object() != null) {
                catalog.find(stream.stream()).ifPresent(found -> meant.add(new Meant(found, settings)));
            }
        }
        if (meant.isEmpty()) {
            return List.of();
        }
        return within(destinationId, destination -> {
            List<Refused> refused = new ArrayList<>();
            for (Meant each : meant) {
                List<ObjectCheck.Mistake> mistakes =
                        ObjectCheck.of(each.stream(), each.settings(), destination).mistakes().stream()
                                .filter(mistake -> !mistake.problem().code().equals(KEY))
                                .toList();
                if (!mistakes.isEmpty()) {
                    refused.add(new Refused(each.stream().id(), mistakes));
                }
            }
            return refused;
        });
    }

    @Override
    public List<FieldSuggestions.Suggestion> suggest(
            UUID destinationId, CatalogStream stream, String object, String method) {
        return of(destinationId, object).stream()
                .filter(operation -> ObjectCheck.method(operation.method()).equals(method))
                .findFirst()
                .map(operation -> FieldSuggestions.of(stream.schema(), operation))
                .orElse(List.of());
    }

    @Override
    public Tried preview(UUID sourceId, UUID destinationId, ConnectionStream stream, int rows) {
        Side<SourceConnector> from = sides.source(sourceId);
        Redactor redactor = Redactor.of(from.secrets());
        StreamSettings settings = Settings.settings(stream);
        // The source is opened within the look at the destination, so that both end with it.
        return within(destinationId, from.secrets(), (destination, stop) -> {
            try (Source source =
                    from.connector().open(from.endpoint().config(), Brief.context(clock, stop, from, redactor))) {
                CatalogStream found = Samples.found(source, stream.stream());
                ObjectCheck check = ObjectCheck.of(found, settings, destination);
                if (check.mapping() == null) {
                    return new Tried(check.mistakes(), found.schema().fields(), List.of(), List.of(), List.of());
                }
                StreamRead read = new StreamRead(
                        found, check.mapping().before(), SyncMode.FULL_REFRESH, null, found.primaryKey(), false);
                ObjectPreview preview = ObjectPreview.of(source, read, check.mapping(), rows);
                return new Tried(
                        List.of(),
                        read.schema().fields(),
                        check.mapping().schema().fields(),
                        preview.rows().stream().map(ObjectLooks::row).toList(),
                        preview.unreadable());
            }
        });
    }

    private static Row row(ObjectPreview.Row row) {
        RecordBatch sent = row.sent();
        return sent == null
                ? new Row(Samples.texts(row.source(), 0), null, row.rejection())
                : Row.sent(Samples.texts(row.source(), 0), Samples.texts(sent, 0));
    }

    /** What is done with an open destination. */
    private interface Looking<T> {
        T at(Destination destination, StopSignal stop);
    }

    private <T> T within(UUID destinationId, Function<Destination, T> looking) {
        return within(destinationId, Set.of(), (destination, stop) -> looking.apply(destination));
    }

    private <T> T within(UUID destinationId, Set<String> others, Looking<T> looking) {
        Side<DestinationConnector> side = sides.destination(destinationId);
        Set<String> secrets = new LinkedHashSet<>(side.secrets());
        secrets.addAll(others);
        Redactor redactor = Redactor.of(secrets);
        try {
            return brief.answer(
                    stop -> {
                        try (Destination destination = side.connector()
                                .open(side.endpoint().config(), Brief.context(clock, stop, side, redactor))) {
                            return looking.at(destination, stop);
                        }
                    },
                    () -> late(side));
        } catch (ProblemException failure) {
            throw redactor.redact(failure.problem()).exception();
        }
    }

    private ProblemException late(Side<DestinationConnector> side) {
        return Problem.of("E_OBJECTS_TIMEOUT", ProblemKind.TRANSIENT, "the destination did not answer in time")
                .at(side.actor().name())
                .because("it took more than " + brief.patience().toSeconds() + " s")
                .exception();
    }
}
