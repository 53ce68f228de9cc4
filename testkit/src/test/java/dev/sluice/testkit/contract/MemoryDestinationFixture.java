package dev.sluice.testkit.contract;

import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A destination in memory, correct or with one fault. */
final class MemoryDestinationFixture implements DestinationFixture {
    private final MemoryStore store = new MemoryStore();
    private final DestinationFault fault;

    MemoryDestinationFixture(DestinationFault fault) {
        this.fault = fault;
    }

    @Override
    public Destination open(ConnectorContext context) {
        return new MemoryDestination(store, fault, "right");
    }

    @Override
    public List<Misconfigured<Destination>> misconfigured() {
        return List.of(new Misconfigured<>(
                "wrong password",
                ProblemKind.PERMISSION,
                Set.of("canary-wrong"),
                context -> new MemoryDestination(store, fault, "canary-wrong")));
    }

    @Override
    public boolean holds(DataType type, String text) {
        return text.indexOf('\u0000') < 0;
    }

    @Override
    public OptionalInt mostFields() {
        return OptionalInt.of(MemoryDestination.MOST_FIELDS);
    }

    @Override
    public Optional<Poison> poison() {
        Schema schema = DestinationTests.SCHEMA;
        return Optional.of(new Poison(schema, Row.of("9", MemoryRows.POISON), Row.of("1", "good")));
    }

    @Override
    public Optional<TargetContent> read(TargetPlan plan) {
        String place = switch (fault) {
            case FOLDS_TABLES -> plan.location().toLowerCase(Locale.ROOT);
            case CUTS_TABLES ->
                plan.location().substring(0, Math.min(plan.location().length(), 63));
            default -> plan.location();
        };
        store.lock.lock();
        try {
            MemoryStore.Table table = store.tables.get(place);
            if (table == null) {
                return Optional.empty();
            }
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            for (MemoryStore.Stored stored : table.rows) {
                Map<String, @Nullable String> row = new LinkedHashMap<>();
                table.columns.keySet().forEach(column -> row.put(column, stored.values.get(column)));
                rows.add(row);
            }
            return Optional.of(new TargetContent(List.copyOf(table.columns.keySet()), rows));
        } finally {
            store.lock.unlock();
        }
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
