package dev.sluice.lowcode.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.source.FakeService;
import dev.sluice.lowcode.source.ManifestConnector;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of services become manifests that can be read and run. */
class OpenApiImportTest {
    private static String document(String name) {
        try (InputStream in = OpenApiImportTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Without the second of two quotes, as YAML writes one in quotes. */
    private static String plain(Imported imported) {
        return imported.manifest().replace("''", "'");
    }

    private static Imported imported(String text, String... picked) {
        Imported imported = OpenApiImport.of(text, List.of(picked));
        Manifest.read("imported.yaml", imported.manifest());
        return imported;
    }

    @Test
    void operationsThatAnswerWithListsAreSuggested() {
        assertThat(OpenApiImport.operations(document("shop.yaml")))
                .extracting(Operation::id, Operation::suggested, Operation::streamName)
                .containsExactly(
                        tuple("listCustomers", true, "customers"),
                        tuple("getCustomer", false, "customers_2"),
                        tuple("listOrders", true, "orders"),
                        tuple("GET /regions/{region_code}/rates", true, "rates"));
    }

    @Test
    void aDocumentOfOpenApi3BecomesStreams() {
        Imported imported = imported(document("shop.yaml"));
        assertThat(plain(imported))
                .contains("url_base: https://{{ config['region'] }}.api.shop.example/v2")
                .contains("type: OAuthAuthenticator", "token_refresh_endpoint: https://auth.shop.example/token")
                .contains("grant_type: client_credentials", "- read:orders")
                .doesNotContain("write:orders")
                // Pages of customers, with the largest size that the document allows.
                .contains("type: PageIncrement", "page_size: 250", "field_name: per_page")
                .contains("expand: address", "X-Account: '{{ config['x_account'] }}'")
                // Orders by customer, and their pages by a cursor inside of the answer.
                .contains("path: /customers/{{ stream_partition.customer_id }}/orders", "parent_key: id")
                .contains("response.get('paging', {}).get('next_cursor')")
                .contains("path: /regions/{{ config['region_code'] }}/rates")
                .contains("airbyte_type: timestamp_with_timezone");
        assertThat(imported.inputs()).containsEntry("region", "eu");
        assertThat(imported.notes()).anyMatch(note -> note.contains("Pages of orders are guessed to go by a cursor"));
    }

    @Test
    void aDocumentOfSwagger2BecomesStreams() {
        Imported imported = imported(document("tickets.json"));
        assertThat(plain(imported))
                .contains("url_base: https://tickets.example:8443/rest/api", "type: ApiKeyAuthenticator")
                .contains("inject_into: request_parameter", "field_name: token")
                .contains("type: OffsetIncrement", "page_size: 50")
                .contains("type: RequestPath", "path: /projects/{{ stream_partition.key }}/tickets");
        assertThat(OpenApiImport.operations(document("tickets.json")))
                .filteredOn(operation -> !operation.suggested())
                .extracting(Operation::path)
                .containsExactly("/health");
    }

    @Test
    void aPickedStreamBringsItsParent() {
        assertThat(imported(document("shop.yaml"), "listOrders").manifest())
                .contains("name: orders", "name: customers");
        assertThat(imported(document("shop.yaml"), "listCustomers").manifest()).doesNotContain("name: orders");
        assertThat(imported(document("tickets.json"), "GET /health").manifest()).contains("name: health");
    }

    @Test
    void pathsOfSeveralParentsComeFromAllOfThem() {
        String list = "{get: {responses: {200: {content: {application/json: {schema: {type: array, items: "
                + "{type: object, properties: {id: {type: integer}}}}}}}}}}";
        Imported imported = imported("openapi: 3.0.0\nservers: [{url: https://x.example}]\npaths:\n  /a: " + list
                + "\n  /a/{a}/b: " + list + "\n  /a/{a}/b/{b}/c: " + list);
        assertThat(plain(imported))
                .contains("path: /a/{{ stream_partition.parent_slice.a }}/b/{{ stream_partition.b }}/c")
                .contains("path: /a/{{ stream_partition.a }}/b", "#/definitions/streams/b");
    }

    /** The streams are offered with the fields of the document, and the service is asked as it wants. */
    @Test
    void whatWasImportedRuns() {
        try (FakeService service = new FakeService()) {
            service.answer(asked -> asked.path().endsWith("/projects")
                    ? FakeService.Reply.json("{\"values\": [{\"key\": \"A\"}]}")
                    : FakeService.Reply.json("{\"tickets\": [{\"id\": 1, \"open\": true}]}"));
            String text = document("tickets.json")
                    .replace("tickets.example:8443", service.url().substring("http://".length()))
                    .replace("[\"https\", \"http\"]", "[\"http\"]");
            ManifestConnector connector = new ManifestConnector(
                    "tickets", "tickets.yaml", imported(text, "projects").manifest());
            try (Source source = connector.open(Config.of(Map.of("api_key", "secret")), new Host())) {
                assertThat(source.check().firstProblem()).isEmpty();
                CatalogStream projects = source.discover(new DiscoverScope.All())
                        .find(StreamId.of("projects"))
                        .orElseThrow();
                assertThat(projects.schema().names()).containsExactly("key", "name");
                assertThat(projects.primaryKey()).hasSize(1);
            }
            assertThat(service.asked())
                    .anyMatch(asked -> asked.path().equals("/rest/api/projects")
                            && "secret".equals(asked.query().get("token")));
        }
    }

    private static final class Host implements ConnectorContext {
        @Override
        public void log(System.Logger.Level level, String message) {
            // Nobody reads it.
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "<html></html>",
                "openapi: 4.0.0",
                "openapi: 3.0.0",
                "swagger: '2.0'\npaths: {/a: {post: {}}}",
                "a: &a [*a]"
            })
    void whatIsNoDocumentIsSaid(String text) {
        assertThatThrownBy(() -> OpenApiImport.of(text, List.of()))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo("E_IMPORT_OPENAPI");
                    assertThat(failure.problem().why()).isNotBlank();
                });
        assertThatThrownBy(() -> OpenApiImport.of(document("shop.yaml"), List.of("no such")))
                .isInstanceOf(ProblemException.class);
    }

    /** References that lead in circles, and documents made to be large when they are unfolded. */
    @Test
    void circlesAndBombsEnd() {
        String circle = """
            openapi: 3.1.0
            paths:
              /a: {get: {responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
            components:
              schemas:
                A: {$ref: '#/components/schemas/B'}
                B: {$ref: '#/components/schemas/A'}
            """;
        assertThat(OpenApiImport.operations(circle)).hasSize(1);
        String self =
                circle.replace("B: {$ref: '#/components/schemas/A'}", "B: {allOf: [{$ref: '#/components/schemas/B'}]}");
        assertThat(OpenApiImport.operations(self)).hasSize(1);
        assertThatThrownBy(() -> OpenApiImport.operations("x".repeat((16 << 20) + 1)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> OpenApiImport.operations("[".repeat(100_000))).isInstanceOf(ProblemException.class);
    }

    /** Documents with parts cut out or exchanged are imported or refused, and break nothing. */
    @Test
    void damagedDocumentsBreakNothing() {
        Random random = new Random(20_261_127);
        List<String> replacements = List.of("", "null", "[]", "{}", "1", "true", "$ref: '#/paths'", "{{", "- ");
        for (String name : List.of("shop.yaml", "tickets.json")) {
            List<String> lines = document(name).lines().toList();
            for (int round = 0; round < 400; round++) {
                StringBuilder damaged = new StringBuilder();
                int place = 1 + random.nextInt(lines.size() - 1);
                for (int i = 0; i < lines.size(); i++) {
                    String line = lines.get(i);
                    int cut = line.length() == 0 ? 0 : random.nextInt(line.length());
                    damaged.append(
                                    i == place
                                            ? line.substring(0, cut)
                                                    + replacements.get(random.nextInt(replacements.size()))
                                            : line)
                            .append('\n');
                }
                try {
                    Manifest.read(
                            "imported.yaml",
                            OpenApiImport.of(damaged.toString(), List.of()).manifest());
                } catch (ProblemException refused) {
                    assertThat(refused.problem().code()).as(damaged.toString()).isEqualTo("E_IMPORT_OPENAPI");
                }
            }
        }
    }
}
