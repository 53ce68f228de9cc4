package dev.sluice.server.api;

import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.Mapped;
import dev.sluice.engine.plan.FieldSuggestions;
import dev.sluice.engine.plan.ObjectCheck;
import dev.sluice.engine.words.StreamWords;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.DestinationObjects;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.DestinationTraits;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.ObjectField;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A system that knows contacts, and that every destination is; what is held against it is what a run would. */
final class FixedObjects implements DestinationObjects {
    private static final List<ObjectField> FIELDS = List.of(
            new ObjectField(new Field("number", new DataType.IntType(64)), "Number", true, List.of()),
            new ObjectField(new Field("tier", new DataType.TextType()), "Tier", false, List.of("gold", "silver")));
    private static final List<ObjectOperation> OPERATIONS = List.of(
            new ObjectOperation("contact", DestinationSyncMode.APPEND, FIELDS, false, List.of()),
            new ObjectOperation("contact", DestinationSyncMode.APPEND_DEDUP, FIELDS, false, List.of(List.of("number"))),
            new ObjectOperation(
                    "contact", DestinationSyncMode.UPDATE, FIELDS, false, List.of(List.of("number"), List.of("tier"))));

    @Override
    public List<ObjectOperation> of(UUID destinationId, @Nullable String object) {
        return new Contacts().operations(object);
    }

    @Override
    public List<Refused> check(UUID destinationId, Catalog catalog, List<ConnectionStream> streams) {
        List<Refused> refused = new ArrayList<>();
        for (ConnectionStream stream : streams) {
            StreamSettings settings = StreamWords.settings(
                    stream.stream().toString(),
                    stream.syncMode(),
                    JsonText.object(stream.settings().text()));
            if (settings.rows().object() != null) {
                ObjectCheck check =
                        ObjectCheck.of(catalog.find(stream.stream()).orElseThrow(), settings, new Contacts());
                if (!check.mistakes().isEmpty()) {
                    refused.add(new Refused(stream.stream(), check.mistakes()));
                }
            }
        }
        return refused;
    }

    @Override
    public List<FieldSuggestions.Suggestion> suggest(
            UUID destinationId, CatalogStream stream, String object, String method) {
        return List.of(new FieldSuggestions.Suggestion(
                "number", stream.schema().names().getFirst(), 0.5));
    }

    @Override
    public Tried preview(UUID sourceId, UUID destinationId, ConnectionStream stream, int rows) {
        return new Tried(
                check(destinationId, ApiHouse.CATALOG, List.of(stream)).stream()
                        .flatMap(refused -> refused.mistakes().stream())
                        .toList(),
                List.of(new Field("id", new DataType.IntType(64)), new Field("changed", new DataType.TextType())),
                List.of(new Field("number", new DataType.IntType(64))),
                List.of(
                        Row.sent(List.of("1", "today"), List.of("1")),
                        new Row(
                                List.of("2", ""),
                                null,
                                new Mapped.Rejection(0, "REQUIRED", "the field number is required", "number"))),
                List.of());
    }

    /** Only asked what it knows. */
    private static final class Contacts implements Destination {
        @Override
        public List<ObjectOperation> operations(@Nullable String object) {
            return OPERATIONS.stream()
                    .filter(operation -> object == null || operation.object().equals(object))
                    .toList();
        }

        @Override
        public DestinationTraits traits() {
            throw new UnsupportedOperationException();
        }

        @Override
        public CheckReport check() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TargetPlan plan(TargetSpec spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Ledger> ledger(TargetSpec spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Target open(TargetSpec spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
