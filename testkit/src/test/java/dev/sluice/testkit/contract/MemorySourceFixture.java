package dev.sluice.testkit.contract;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.Schema;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A source in memory, correct or with one fault; by versions of rows, or as a log of changes. */
final class MemorySourceFixture implements SourceFixture {
    private final MemoryDatabase database = new MemoryDatabase();
    private final SourceFault fault;
    private final boolean log;

    MemorySourceFixture(SourceFault fault, boolean log) {
        this.fault = fault;
        this.log = log;
    }

    @Override
    public Source open(ConnectorContext context) {
        return new MemorySource(database, context, fault, "right", log);
    }

    @Override
    public List<Misconfigured<Source>> misconfigured() {
        return List.of(new Misconfigured<>(
                "wrong password",
                ProblemKind.PERMISSION,
                Set.of("canary-wrong"),
                context -> new MemorySource(database, context, fault, "canary-wrong", log)));
    }

    @Override
    public Map<SourceTrait, String> lacks() {
        Map<SourceTrait, String> lacks = new EnumMap<>(SourceTrait.class);
        if (!log) {
            lacks.put(SourceTrait.CHANGE_LOG, "it gives the latest version of each row");
        }
        return lacks;
    }

    @Override
    public SourceTable create(TableSpec spec) {
        MemoryDatabase.Table table = database.create(spec);
        return new SourceTable() {
            @Override
            public StreamId id() {
                return table.id;
            }

            @Override
            public Schema schema() {
                return table.schema();
            }

            @Override
            public Edit begin() {
                return database.begin(table);
            }

            @Override
            public void drop() {
                database.drop(table);
            }
        };
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
