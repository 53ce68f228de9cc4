package dev.sluice.connector.mysql;

import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.PlainLogSource;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.SourceTrait;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.mysql.MyProduct;
import java.util.List;
import java.util.Map;

/** A fresh database of the shared server, whose increments are read from the log. */
final class LogFixture implements SourceFixture {
    /** The option by which the log is read. */
    static final Map<String, Object> FROM_THE_LOG = Map.of("replication_method", Map.of("method", "cdc"));

    private final TableFixture tables = new TableFixture(FROM_THE_LOG);

    @Override
    public Source open(ConnectorContext context) {
        return new PlainLogSource(tables.open(context));
    }

    @Override
    public List<Misconfigured<Source>> misconfigured() {
        return tables.misconfigured();
    }

    @Override
    public SourceTable create(TableSpec spec) {
        return tables.create(spec);
    }

    @Override
    public boolean stores(DataType type, String text) {
        return tables.stores(type, text);
    }

    @Override
    public Map<SourceTrait, String> lacks() {
        return MyProduct.underTest() == MyProduct.MARIADB
                ? Map.of()
                : Map.of(
                        SourceTrait.COPY_BESIDE_WRITERS,
                        "the server tells the place of a snapshot in its log only while the table is locked");
    }

    @Override
    public void close() {
        tables.close();
    }
}
