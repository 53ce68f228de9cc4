package dev.sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.cli.fixture.Cli;
import dev.sluice.cli.output.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest is looked over, tried out, recorded and run again from the terminal. */
class ConnectorTrialTest {
    private static final String CANARY = "canary-5b1d";

    @TempDir
    Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer service;
    private Cli cli;

    @BeforeEach
    void prepare() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] body = "{\"items\": [{\"id\": 1, \"name\": \"one\"}, {\"id\": 2, \"name\": \"two\"}]}"
                    .getBytes(StandardCharsets.UTF_8);
            boolean known =
                    ("Bearer " + CANARY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
        cli = new Cli(directory).file("shop/manifest.yaml", manifest().split("\n"));
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private String manifest() {
        return """
            version: 6.0.0
            type: DeclarativeSource
            check: {type: CheckStream, stream_names: [items]}
            streams:
              - type: DeclarativeStream
                name: items
                primary_key: id
                schema_loader:
                  type: InlineSchemaLoader
                  schema: {type: object, properties: {id: {type: integer}, name: {type: string}}}
                retriever:
                  type: SimpleRetriever
                  requester:
                    type: HttpRequester
                    url: "http://localhost:PORT/items"
                    authenticator: {type: BearerAuthenticator, api_token: "{{ config['key'] }}"}
                  record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [items]}}
            spec:
              type: Spec
              connection_specification:
                type: object
                properties: {key: {type: string, airbyte_secret: true}}
            """.replace("PORT", String.valueOf(service.getAddress().getPort()));
    }

    @Test
    void whatIsAskedIsShownInShort() {
        Cli.Result result = cli.run("connector", "test", "shop", "--input", "key=" + CANARY);
        assertThat(result.code()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.out())
                .contains("200 GET http://localhost")
                .contains("/items  2 records")
                .contains("{\"id\":1,\"name\":\"one\"}")
                .contains("2 records of items")
                .doesNotContain(CANARY);
        Cli.Result json =
                cli.run("connector", "test", "shop", "--input", "key=" + CANARY, "--limit", "1", "-o", "json");
        assertThat(json.out())
                .contains("\"limitReached\"", "\"inferredSchema\"")
                .doesNotContain("two", CANARY);
    }

    @Test
    void whatFailsNamesThePartOfTheManifest() {
        Cli.Result result = cli.run("connector", "test", "shop", "--input", "key=wrong");
        assertThat(result.code()).isNotEqualTo(ExitCode.SUCCESS);
        assertThat(result.out()).contains("401 GET");
        assertThat(result.err()).contains("E_AUTH_REFUSED", "streams/0/retriever/requester/authenticator");
    }

    @Test
    void whatWasRecordedIsRunAgainAndAsksNobody() throws IOException {
        assertThat(cli.run("connector", "replay", "shop").err()).contains("nothing is recorded");
        Cli.Result recorded = cli.run("connector", "record", "shop", "--input", "key=" + CANARY);
        assertThat(recorded.code()).as(recorded.err()).isEqualTo(ExitCode.SUCCESS);
        Path fixture = directory.resolve("shop/fixtures/items.json");
        assertThat(Files.readString(fixture)).contains("\"name\":\"two\"").doesNotContain(CANARY);
        asked.clear();
        service.stop(0);
        Cli.Result same = cli.run("connector", "replay", "shop");
        assertThat(same.code()).as(same.out() + same.err()).isEqualTo(ExitCode.SUCCESS);
        assertThat(same.out()).contains("all the same");

        cli.file(
                "shop/manifest.yaml",
                manifest()
                        .replace("field_path: [items]", "field_path: [things]")
                        .split("\n"));
        Cli.Result other = cli.run("connector", "replay", "shop");
        assertThat(other.code()).isEqualTo(ExitCode.FAILED);
        assertThat(other.out()).contains("1 not the same", "record 1 was", "not there");
        cli.file(
                "shop/manifest.yaml", manifest().replace("/items\"", "/goods\"").split("\n"));
        assertThat(cli.run("connector", "replay", "shop").err()).contains("E_NOT_RECORDED", "/goods", "/items");
        assertThat(asked).isEmpty();
    }

    @Test
    void mistakesAreToldWithTheirLines() {
        assertThat(cli.run("connector", "lint", "shop", "--strict").code()).isEqualTo(ExitCode.SUCCESS);
        cli.file(
                "shop/manifest.yaml",
                manifest().replace("SimpleRetriever", "SimpleRetrievr").split("\n"));
        Cli.Result result = cli.run("connector", "lint", "shop/manifest.yaml");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).contains("manifest.yaml:12:", "did you mean SimpleRetriever?", "1 error");
    }

    @Test
    void aDestinationIsTriedOutToo() {
        cli.file("office.yaml", """
            title: Office
            spec:
              connection_specification:
                required: [key]
                properties: {key: {type: string, airbyte_secret: true}}
            requester:
              url_base: http://localhost:PORT
              authenticator: {type: BearerAuthenticator, api_token: "{{ config.key }}"}
            check: {requester: {path: /me}}
            objects:
              - name: customers
                fields: {declared: [{name: email, type: text, required: true}]}
                operations:
                  upsert:
                    matching_keys: [[email]]
                    requester: {path: /customers, http_method: POST}
                    record: "{{ fields }}"
                    body: {items: "{{ records }}"}
                    batch: {max_records: 10}
                    results: {type: by_index, path: [items], failed: "{{ item.id == 2 }}", reason: "{{ item.name }}"}
            """.replace(
                "PORT", String.valueOf(service.getAddress().getPort())).split("\n"));
        cli.file("rows.json", "[{\"email\": \"a@x.org\"}, {\"email\": \"b@x.org\"}]");
        assertThat(cli.run("connector", "lint", "office.yaml").out()).contains("no mistakes");
        Cli.Result looked = cli.run("connector", "test", "office.yaml", "--input", "key=" + CANARY);
        assertThat(looked.out()).contains("200 GET http://localhost", "customers upsert  by [[email]]");
        Cli.Result sent = cli.run(
                "connector",
                "test",
                "office.yaml",
                "--input",
                "key=" + CANARY,
                "--object",
                "customers",
                "--rows",
                "rows.json");
        assertThat(sent.code()).as(sent.err()).isEqualTo(ExitCode.PARTIAL);
        assertThat(sent.out())
                .contains("row 2: two", "1 row written, 1 rejected")
                .doesNotContain(CANARY);
        assertThat(asked).contains("/me", "/customers");
    }
}
