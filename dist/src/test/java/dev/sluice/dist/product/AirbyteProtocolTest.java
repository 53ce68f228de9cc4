package dev.sluice.dist.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.testkit.fault.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors that are programs of their own read into the destinations of the product. */
class AirbyteProtocolTest {
    @TempDir
    Path folder;

    private void project(String origin) throws IOException {
        Files.writeString(folder.resolve("sluice.yaml"), """
            sources:
              theirs: {connector: {%s}, config: {count: 300, seed: 1, records_per_slice: 100, parallelism: 1}}
            destinations:
              lake: {connector: sqlite, config: {path: lake.sqlite}}
            connections:
              c:
                source: theirs
                destination: lake
                streams:
                  users: {mode: incremental_append_deduped}
            """.formatted(origin));
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("lake.sqlite"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getString(1);
        }
    }

    /** A script that goes on after the id that its state tells, three rows at a time, and dies in its second read. */
    private static final String SCRIPT = """
        case $1 in
        discover) echo '{"type":"CATALOG","catalog":{"streams":[{"name":"users","json_schema":{"properties":{
        "id":{"type":"integer"}}},"supported_sync_modes":["full_refresh","incremental"],"source_defined_cursor":true,
        "default_cursor_field":["id"],"source_defined_primary_key":[["id"]]}]}}' | tr -d '\\n';;
        read) last=0
            for argument; do
                case $argument in state.json) last=$(sed 's/.*"last":\\([0-9]*\\).*/\\1/' state.json);; esac
            done
            for id in $((last + 1)) $((last + 2)) $((last + 3)); do
                echo '{"type":"RECORD","record":{"stream":"users","data":{"id":'$id'},"emitted_at":1}}'
                if [ $id = 5 ]; then exit 9; fi
                echo '{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"users"},
        "stream_state":{"last":'$id'}},"sourceStats":{"recordCount":1.0}}}' | tr -d '\\n'
                echo
            done;;
        esac
        """;

    @Test
    void aSecondRunGoesOnAtTheStateAndAFailureKeepsWhatItCovers() throws Exception {
        Path script = folder.resolve("source.sh");
        Files.writeString(script, SCRIPT);
        project("command: [/bin/sh, \"%s\"]".formatted(script));
        Sluice.in(folder).run("sync").expect(0);
        assertThat(query("SELECT group_concat(id) FROM users")).isEqualTo("1,2,3");
        assertThat(Sluice.in(folder).run("sync", "--retries", "0").expect(1).toString())
                .contains("exit code 9");
        assertThat(query("SELECT group_concat(id) FROM users")).isEqualTo("1,2,3");
        Files.writeString(script, SCRIPT.replace("exit 9", "sleep 0"));
        Sluice.in(folder).run("sync").expect(0);
        assertThat(query("SELECT group_concat(id) FROM (SELECT id FROM users ORDER BY id)"))
                .isIn("1,2,3,4,5,6", "1,2,3,4,5,6,7");
    }

    /** A destination that keeps the records of each stream in a file, and gives a state back only every second time and at its end. */
    private static final String KEEPS = """
        case $1 in
        spec) echo '{"type":"SPEC","spec":{"connectionSpecification":{},"supported_destination_sync_modes":["append","overwrite"]}}';;
        write) n=0
            while read -r line; do
                case $line in
                *'"type":"RECORD"'*) printf '%s\\n' "$line" >> %OUT%;;
                *'"type":"STATE"'*) n=$((n + 1)); last=$line; if [ $((n % 2)) = 0 ]; then echo "$line"; last=; fi;;
                esac
            done
            if [ -n "$last" ]; then echo "$last"; fi;;
        esac
        """;

    @Test
    void theirSourceFeedsTheirDestinationAndAFailureKeepsWhatItAcknowledged() throws Exception {
        Path out = folder.resolve("out.jsonl");
        Path source = folder.resolve("source.sh");
        Path destination = folder.resolve("destination.sh");
        Files.writeString(source, SCRIPT);
        Files.writeString(destination, KEEPS.replace("%OUT%", out.toString()));
        project("command: [/bin/sh, \"%s\"]".formatted(source));
        Path file = folder.resolve("sluice.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "{connector: sqlite, config: {path: lake.sqlite}}",
                                "{connector: {command: [/bin/sh, \"%s\"], parallel_streams: 2}}".formatted(destination))
                        .replace("incremental_append_deduped", "incremental_append"));
        Sluice.in(folder).run("sync").expect(0);
        assertThat(Files.readString(out)).contains("\"id\":3").doesNotContain("\"id\":4");
        assertThat(Sluice.in(folder).run("sync", "--retries", "0").expect(1).toString())
                .contains("exit code 9");
        Files.writeString(source, SCRIPT.replace("exit 9", "sleep 0"));
        Sluice.in(folder).run("sync").expect(0);
        assertThat(Files.readString(out))
                .contains("\"id\":4")
                .contains("\"id\":5")
                .contains("\"id\":6");
        Files.writeString(destination, Files.readString(destination).replace("last=$line", "last="));
        assertThat(Sluice.in(folder).run("sync", "--retries", "0").expect(1).toString())
                .contains("E_DESTINATION_STATE");
    }

    /** The product as a connector of the product: its source and its destination on both sides of the protocol. */
    @Test
    void ourConnectorsServeEachOther() throws Exception {
        Path orders = folder.resolve("orders.csv");
        Files.writeString(orders, "id,name,price\n1,a,1.5\n2,\"b\"\"c\",\n");
        String served = "{command: [\"%s\", connector, %%s]%%s}"
                .formatted(Sluice.product().resolve("bin/sluice"));
        Files.writeString(folder.resolve("sluice.yaml"), """
            sources:
              ours: {connector: %s, config: {path: "%s"}}
            destinations:
              lake: {connector: %s, config: {path: "%s"}}
            connections:
              c:
                source: ours
                destination: lake
                streams:
                  orders: {mode: full_refresh_overwrite}
            """.formatted(
                        served.formatted("source-file", ""),
                        orders,
                        served.formatted("destination-sqlite", ", generations: true"),
                        folder.resolve("lake.sqlite")));
        Sluice.in(folder).run("check").expect(0);
        Sluice.in(folder).run("sync").expect(0);
        assertThat(query("SELECT group_concat(id || name || coalesce(price, '-')) FROM orders"))
                .isEqualTo("1a1.5,2b\"c-");
        Files.writeString(orders, "id,name,price\n7,x,2.5\n");
        Sluice.in(folder).run("sync").expect(0);
        assertThat(query("SELECT group_concat(id || ':' || _airbyte_generation_id) FROM orders"))
                .isEqualTo("7:2");
    }

    /** Packages take minutes to install and never change, so that they are kept from one build to the next. */
    private static String packages() {
        String told = System.getenv("XDG_CACHE_HOME");
        Path caches =
                told == null || told.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(told);
        return caches.resolve("sluice").resolve("connectors").toString();
    }

    @Test
    void aConnectorFromTheRegistryOfPythonReads() throws Exception {
        project("pypi: airbyte-source-faker==7.2.1");
        var run = Sluice.in(folder).with("SLUICE_HOME", packages()).run("sync");
        assumeTrue(
                !run.toString().contains("E_CONNECTOR_INSTALL")
                        && !run.toString().contains("E_PROGRAM_MISSING"),
                "Python or its registry cannot be reached from here");
        run.expect(0);
        assertThat(query("SELECT count(*) || ' ' || count(DISTINCT id) || ' ' || count(email) FROM users"))
                .isEqualTo("300 300 300");
    }

    /** It embeds texts by a program, so that it needs no account, and writes a table of Iceberg. */
    @Test
    void aDestinationFromTheRegistryOfPythonWrites() throws Exception {
        Files.writeString(folder.resolve("orders.csv"), "id,name\n1,a\n2,bb\n3,ccc\n");
        Files.writeString(
                folder.resolve("embed.py"),
                "import json, sys\nprint(json.dumps([[len(t), 1, 0, 0.5] for t in json.load(sys.stdin)]))\n");
        Path lake = folder.resolve("lake");
        Files.writeString(folder.resolve("sluice.yaml"), """
            sources:
              files: {connector: file, config: {path: orders.csv}}
            destinations:
              vectors:
                connector: {pypi: airbyte-destination-ailake==0.1.16}
                config:
                  table_base_path: "%s"
                  embed_mode: cmd
                  embed_cmd: "python3 %s"
                  text_field: name
                  embedding_dim: 4
            connections:
              c: {source: files, destination: vectors, streams: {orders: {mode: full_refresh_append}}}
            """.formatted(lake, folder.resolve("embed.py")));
        var run = Sluice.in(folder).with("SLUICE_HOME", packages()).run("sync");
        assumeTrue(
                !run.toString().contains("E_CONNECTOR_INSTALL")
                        && !run.toString().contains("E_PROGRAM_MISSING"),
                "Python or its registry cannot be reached from here");
        run.expect(0);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT count(*), sum(id) FROM read_parquet('" + lake + "/orders/data/*.parquet')")) {
            result.next();
            assertThat(result.getLong(1)).isEqualTo(3);
            assertThat(result.getLong(2)).isEqualTo(6);
        }
    }

    /** Its dry run converts the records and writes none, so that it needs no account. */
    @Test
    void aDestinationFromTheRegistryOfNodeWrites() throws Exception {
        Files.writeString(
                folder.resolve("shop__squadcast__users.csv"),
                "id,first_name,last_name,email\nu1,Ann,Bee,a@b.example\nu2,Cid,Dee,c@d.example\n");
        Files.writeString(folder.resolve("sluice.yaml"), """
            sources:
              files: {connector: file, config: {path: shop__squadcast__users.csv}}
            destinations:
              graph:
                connector: {npm: airbyte-faros-destination@0.10.65}
                config: {edition_configs: {edition: community, hasura_url: "http://127.0.0.1:9/"}, dry_run: true}
            connections:
              c: {source: files, destination: graph, streams: {shop__squadcast__users: {mode: full_refresh_append}}}
            """);
        var check = Sluice.in(folder).with("SLUICE_HOME", packages()).run("check");
        assumeTrue(
                !check.toString().contains("E_CONNECTOR_INSTALL")
                        && !check.toString().contains("E_PROGRAM_MISSING"),
                "Node or its registry cannot be reached from here");
        check.expect(0);
        var run = Sluice.in(folder).with("SLUICE_HOME", packages()).run("sync").expect(0);
        // A row counts once the connector has given its state back.
        assertThat(run.toString()).contains("complete, 2 rows");
    }

    private static final String COMPONENTS = """
        from dataclasses import dataclass
        from airbyte_cdk.sources.declarative.extractors.record_extractor import RecordExtractor


        @dataclass
        class Doubled(RecordExtractor):
            def extract_records(self, response):
                for record in response.json()["data"]:
                    yield {"id": record["id"], "twice": record["id"] * 2}
        """;

    private static final String MANIFEST = """
        version: "6.0.0"
        type: DeclarativeSource
        check: {type: CheckStream, stream_names: [users]}
        streams:
          - type: DeclarativeStream
            name: users
            primary_key: id
            retriever:
              type: SimpleRetriever
              requester: {type: HttpRequester, url_base: "{{ config['url'] }}", path: users}
              record_selector:
                type: RecordSelector
                extractor: {type: CustomRecordExtractor, class_name: source_declarative_manifest.components.Doubled}
            schema_loader: {type: InlineSchemaLoader, schema: {type: object, properties: {id: {type: integer}, twice: {type: integer}}}}
        spec: {type: Spec, connection_specification: {type: object, properties: {url: {type: string}}}}
        """;

    /** The official runner takes long to install, so that it is used where the comparison with it has installed it. */
    @Test
    void aManifestWithClassesOfPythonIsReadByTheOfficialRunner() throws Exception {
        assumeTrue(
                Files.exists(Path.of(packages(), "packages/pypi/airbyte-cdk-7.39.1/installed")),
                "the official runner is not installed here; DifferentialTest installs it with -Dsluice.parity=full");
        Files.writeString(folder.resolve("components.py"), COMPONENTS);
        Files.writeString(folder.resolve("manifest.yaml"), MANIFEST);
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/users", exchange -> {
            byte[] body = "{\"data\": [{\"id\": 1}, {\"id\": 21}]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
        try {
            Files.writeString(folder.resolve("sluice.yaml"), """
                sources:
                  theirs:
                    connector: {pypi: airbyte-cdk==7.39.1, manifest: ./manifest.yaml, components: ./components.py}
                    config: {url: "http://localhost:%d"}
                destinations:
                  lake: {connector: sqlite, config: {path: lake.sqlite}}
                connections:
                  c: {source: theirs, destination: lake, streams: {users: {mode: full_refresh_overwrite}}}
                """.formatted(
                            service.getAddress().getPort()));
            Sluice.in(folder).with("SLUICE_HOME", packages()).run("sync").expect(0);
        } finally {
            service.stop(0);
        }
        assertThat(query("SELECT group_concat(id || ':' || twice) FROM (SELECT * FROM users ORDER BY id)"))
                .isEqualTo("1:2,21:42");
    }

    private static final String PYAIRBYTE = """
        import airbyte, pathlib, sys
        source = airbyte.get_source("source-ours", local_executable=pathlib.Path(sys.argv[1]), config={"path": sys.argv[2]})
        source.check()
        source.select_all_streams()
        read = source.read(cache=airbyte.new_local_cache("ours"), force_full_refresh=True)
        print("rows", sorted(row["id"] for row in read["orders"]))
        """;

    /** PyAirbyte takes minutes to install, so it is used where it is; a variable names the Python that has it. */
    @Test
    void anotherOrchestratorReadsOurSource() throws Exception {
        String python = Objects.requireNonNullElse(System.getenv("SLUICE_TEST_PYAIRBYTE"), "python3");
        assumeTrue(exit(python, "-c", "import airbyte") == 0, "there is no PyAirbyte here");
        Path orders = Files.writeString(folder.resolve("orders.csv"), "id,name\n1,a\n2,b\n");
        Path ours = Files.writeString(
                folder.resolve("source-ours"),
                "#!/bin/sh\nexec \"%s\" connector source-file \"$@\"\n"
                        .formatted(Sluice.product().resolve("bin/sluice")));
        assertThat(ours.toFile().setExecutable(true)).isTrue();
        Path script = Files.writeString(folder.resolve("read.py"), PYAIRBYTE);
        assertThat(exit(python, script.toString(), ours.toString(), orders.toString()))
                .as(() -> output())
                .isZero();
        assertThat(output()).contains("rows [1, 2]");
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException missing) {
            return missing.toString();
        }
    }

    private int exit(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment()
                .putAll(Map.of(
                        "AIRBYTE_OFFLINE_MODE", "1",
                        "DO_NOT_TRACK", "1",
                        "SLUICE_JAVA_HOME", System.getProperty("java.home")));
        try {
            return builder.start().waitFor();
        } catch (IOException noSuchProgram) {
            return 127;
        }
    }

    @Test
    void aServerStartsNoProgramsOfItsUsers() throws Exception {
        try (ChildProcess server = Sluice.in(folder).start("server", "--port", "0", "--data", "data")) {
            String address = ServerTest.address(server);
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(address + "/api/public/v1/sources"))
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"name\":\"mine\",\"configuration\":{\"sourceType\":\"airbyte\",\"command\":[\"id\"]}}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
            }
        }
    }
}
