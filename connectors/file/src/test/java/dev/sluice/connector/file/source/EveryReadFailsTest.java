package dev.sluice.connector.file.source;

import dev.sluice.connector.file.input.TestServer;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.EveryReadFailsContract;
import dev.sluice.testkit.contract.KnownStream;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.SourceTrait;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.rows.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Each request to a web server fails once, and each row of its file is read exactly once. */
final class EveryReadFailsTest extends EveryReadFailsContract {
    private static final int ROWS = 40;

    private final TestServer server = new TestServer(content());

    private static byte[] content() {
        StringBuilder text = new StringBuilder("id,name\n");
        for (int id = 1; id <= ROWS; id++) {
            text.append(id).append(",name ").append(id).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected TcpProxy connect() {
        return TcpProxy.to("127.0.0.1", server.port());
    }

    @Override
    protected SourceFixture fixture(TcpProxy network) {
        return new WebPlace(server, "http://127.0.0.1:" + network.port() + "/orders.csv");
    }

    /** A web server with one file, which is all that there is. */
    private record WebPlace(TestServer server, String address) implements SourceFixture {
        @Override
        public Source open(ConnectorContext context) {
            return FileSource.of(Config.of(Map.of("path", address)), context, ReadPlanner.SPLIT_BYTES);
        }

        @Override
        public KnownStream stream(int rows) {
            Schema schema =
                    Schema.of(new Field("id", new DataType.IntType(64)), new Field("name", new DataType.TextType()));
            List<Row> content = new ArrayList<>();
            for (int id = 1; id <= rows; id++) {
                content.add(Row.of(Integer.toString(id), "name " + id));
            }
            return new KnownStream(StreamId.of("orders"), schema, List.of(), content);
        }

        @Override
        public List<Misconfigured<Source>> misconfigured() {
            String closed = "http://127.0.0.1:1/orders.csv";
            return List.of(Misconfigured.ofServer(
                    "nobody listens",
                    ProblemKind.UNREACHABLE,
                    Map.of("path", closed),
                    new WebPlace(server, closed)::open));
        }

        @Override
        public SourceTable create(TableSpec spec) {
            throw new UnsupportedOperationException("a web server cannot be written");
        }

        @Override
        public Map<SourceTrait, String> lacks() {
            return Map.of(SourceTrait.INCREMENTAL, "one file of the web has no past");
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
