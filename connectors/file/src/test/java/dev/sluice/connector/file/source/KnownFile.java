package dev.sluice.connector.file.source;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.KnownStream;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.SourceTrait;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.rows.Row;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A server with one file orders.csv, which is all that there is.
 *
 * @param options the options that lead to it
 * @param closed those that lead to where nobody listens
 * @param lacks what it lacks
 * @param end what is done at the end
 */
record KnownFile(Map<String, Object> options, Map<String, Object> closed, Map<SourceTrait, String> lacks, Runnable end)
        implements SourceFixture {
    /** What the file holds for so many rows. */
    static String content(int rows) {
        return IntStream.rangeClosed(1, rows)
                .mapToObj(id -> id + ",name " + id + "\n")
                .collect(Collectors.joining("", "id,name\n", ""));
    }

    @Override
    public Source open(ConnectorContext context) {
        return FileSource.of(Config.of(options), context, ReadPlanner.SPLIT_BYTES);
    }

    @Override
    public KnownStream stream(int rows) {
        Schema schema =
                Schema.of(new Field("id", new DataType.IntType(64)), new Field("name", new DataType.TextType()));
        return new KnownStream(
                StreamId.of("orders"),
                schema,
                List.of(),
                IntStream.rangeClosed(1, rows)
                        .mapToObj(id -> Row.of(Integer.toString(id), "name " + id))
                        .toList());
    }

    @Override
    public List<Misconfigured<Source>> misconfigured() {
        return List.of(Misconfigured.ofServer(
                "nobody listens",
                ProblemKind.UNREACHABLE,
                closed,
                new KnownFile(closed, closed, lacks, () -> {})::open));
    }

    @Override
    public SourceTable create(TableSpec spec) {
        throw new UnsupportedOperationException("the file is all that there is");
    }

    @Override
    public void close() {
        end.run();
    }
}
