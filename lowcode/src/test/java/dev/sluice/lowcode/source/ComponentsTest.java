package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Components that cannot be compared by what is asked and read, or that do not run: each alone. */
class ComponentsTest {
    private static final FakeService SERVICE = new FakeService();

    private final Reading reading = new Reading();

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    private Source open(String root, String stream, String retriever) {
        String text = """
            version: "6"
            check: {stream_names: [items]}
            ROOT
            streams:
              - name: items
                STREAM
                retriever:
                  RETRIEVER
                  record_selector: {extractor: {field_path: []}}
            """.replace("ROOT", root).replace("STREAM", stream).replace("RETRIEVER", retriever);
        return reading.open(text, Map.of("url", SERVICE.url(), "key", "k", "tables", List.of(Map.of("name", "a"))));
    }

    private static final String SCHEMA =
            "schema_loader: {type: InlineSchemaLoader, schema: {properties: {id: {type: integer}}}}";
    private static final String REQUESTER = "requester: {url_base: \"{{ config['url'] }}\", path: items}";

    @Test
    void filesThatArePackedAreReadOneAfterTheOther() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 1; i <= 2; i++) {
                zip.putNextEntry(new ZipEntry(i + ".jsonl"));
                zip.write(("{\"id\": " + i + "}\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        SERVICE.answer(request -> Reply.binary(bytes.toByteArray()));
        try (Source source = open(
                "", SCHEMA, REQUESTER + "\n      decoder: {type: ZipfileDecoder, decoder: {type: JsonlDecoder}}")) {
            assertThat(reading.full(source, "items").all("id")).containsExactly("1", "2");
        }
    }

    @Test
    void whatIsPackedTwiceIsUnpacked() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write("[{\"id\": 3}]".getBytes(StandardCharsets.UTF_8));
        }
        SERVICE.answer(request -> Reply.binary(bytes.toByteArray()));
        try (Source source =
                open("", SCHEMA, REQUESTER + "\n      decoder: {type: GzipDecoder, decoder: {type: JsonDecoder}}")) {
            assertThat(reading.full(source, "items").all("id")).containsExactly("3");
        }
    }

    @Test
    void headersAndPayloadOfASignedTokenAreThoseOfTheManifest() {
        SERVICE.answer(request -> Reply.json("[]"));
        try (Source source = open(
                "",
                SCHEMA,
                "requester: {url_base: \"{{ config['url'] }}\", path: items, authenticator: {type: JwtAuthenticator,"
                    + " algorithm: HS512, secret_key: \"{{ config['key'] }}\", token_duration: 60, jwt_headers: {type:"
                    + " JwtHeaders, kid: k1, typ: JOSE}, jwt_payload: {type: JwtPayload, iss: me, sub: you, aud:"
                    + " them}}}")) {
            reading.full(source, "items");
        }
        String[] parts = String.valueOf(SERVICE.asked().getFirst().headers().get("Authorization"))
                .split("\\.");
        assertThat(decoded(parts[0])).contains("\"kid\":\"k1\"", "\"typ\":\"JOSE\"", "\"alg\":\"HS512\"");
        assertThat(decoded(parts[1])).contains("\"iss\":\"me\"", "\"sub\":\"you\"", "\"aud\":\"them\"");
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @Test
    void fieldsAreThoseThatTheServiceTells() {
        SERVICE.answer(request -> Reply.json(
                request.path().equals("/fields")
                        ? "[{\"fields\": [{\"n\": \"id\", \"t\": \"int\"}, {\"n\": \"at\", \"t\": \"when\"}, {\"n\":"
                              + " \"list\", \"t\": \"many\"}, {\"n\": \"either\", \"t\": \"both\"}, {\"n\": \"other\","
                              + " \"t\": \"date\"}]}]"
                        : "[]"));
        try (Source source = open(
                "",
                "schema_loader: {type: DynamicSchemaLoader, retriever: {type: SimpleRetriever, requester: {type:"
                    + " HttpRequester, url_base: \"{{ config['url'] }}\", path: fields}, record_selector: {type:"
                    + " RecordSelector, extractor: {type: DpathExtractor, field_path: []}}}, schema_type_identifier:"
                    + " {type: SchemaTypeIdentifier, schema_pointer: [fields], key_pointer: [n], type_pointer: [t],"
                    + " types_mapping: [{type: TypesMap, current_type: int, target_type: integer}, {type: TypesMap,"
                    + " current_type: when, target_type: timestamp_with_timezone, condition: \"{{ raw_schema['n'] =="
                    + " 'at' }}\"}, {type: TypesMap, current_type: many, target_type: {type: ComplexFieldType,"
                    + " field_type: array, items: string}}, {type: TypesMap, current_type: both, target_type: [string,"
                    + " integer]}]}}",
                REQUESTER)) {
            CatalogStream stream = reading.stream(source, "items");
            List<DataType> types =
                    stream.schema().fields().stream().map(field -> field.type()).toList();
            assertThat(types.get(0)).isEqualTo(new DataType.IntType(64));
            assertThat(types.get(1)).isEqualTo(new DataType.TimestampType(6, true));
            assertThat(types.get(2)).isInstanceOf(DataType.ArrayType.class);
            assertThat(types.get(3)).isEqualTo(new DataType.JsonType());
            assertThat(types.get(4)).isEqualTo(new DataType.DateType());
        }
    }

    @Test
    void aSchemaThatLiesInAPackageLeavesOneField() {
        SERVICE.answer(request -> Reply.json("[{\"id\": 1}]"));
        try (Source source = open("", "schema_loader: {type: JsonFileSchemaLoader, file_path: ./a.json}", REQUESTER)) {
            assertThat(reading.full(source, "items").all("data")).containsExactly("{\"id\":1}");
        }
    }

    @Test
    void aSchemaThatLiesBesideTheManifestCounts() {
        SERVICE.answer(request -> Reply.json("[{\"id\": 1, \"n\": \"x\"}]"));
        List<String> asked = new ArrayList<>();
        String text = """
            version: "6"
            check: {stream_names: [items]}
            streams:
              - name: items
                $parameters: {name: items}
                schema_loader: {type: JsonFileSchemaLoader, file_path: "./source_a/schemas/{{ parameters['name'] }}.json"}
                retriever:
                  requester: {url_base: "{{ config['url'] }}", path: items}
                  record_selector: {extractor: {field_path: []}}
            """;
        ManifestConnector connector = new ManifestConnector("test", "manifest.yaml", text, path -> {
            asked.add(path);
            return path.equals("schemas/items.json")
                    ? Optional.of("{\"properties\": {\"id\": {\"type\": \"integer\"}, \"n\": {\"type\": \"string\"}}}")
                    : Optional.empty();
        });
        try (Source source = connector.open(Config.of(Map.of("url", SERVICE.url())), reading)) {
            assertThat(reading.full(source, "items").rows()).containsExactly(Map.of("id", "1", "n", "x"));
        }
        assertThat(asked).contains("source_a/schemas/items.json", "schemas/items.json");
    }

    @Test
    void streamsThatAreMadeAreCheckedAsFarAsTheManifestWants() {
        SERVICE.answer(request -> Reply.json("[]"));
        String text = """
            version: "6"
            check:
              type: CheckStream
              dynamic_streams_check_configs: [{type: DynamicStreamCheckConfig, dynamic_stream_name: made, stream_count: 2}]
            dynamic_streams:
              - name: made
                stream_template:
                  name: ""
                  retriever: {requester: {url_base: "{{ config['url'] }}", path: ""}, record_selector: {extractor: {field_path: []}}}
                  schema_loader: {type: InlineSchemaLoader, schema: {}}
                components_resolver:
                  type: ConfigComponentsResolver
                  stream_config: {configs_pointer: [tables]}
                  components_mapping:
                    - {field_path: [name], value: "{{ components_values }}"}
                    - {field_path: [retriever, requester, path], value: "{{ components_values['name'] }}"}
            """.replace("{{ components_values }}", "{{ components_values['name'] }}");
        List<Map<String, String>> tables = List.of(Map.of("name", "a"), Map.of("name", "b"), Map.of("name", "c"));
        try (Source source = reading.open(text, Map.of("url", SERVICE.url(), "tables", tables))) {
            assertThat(source.check().succeeded()).isTrue();
        }
        assertThat(SERVICE.asked()).extracting(FakeService.Asked::path).containsExactly("/a", "/b");
    }

    @Test
    void whatOnlyPagesAndPlatformsReadDoesNotDisturb() {
        SERVICE.answer(request -> Reply.json("[{\"id\": 1}]"));
        try (Source source = open("""
            stream_groups: {all: {type: StreamGroup, streams: ["#/streams/0"], action: {type: BlockSimultaneousSyncsAction}}}
            spec:
              type: Spec
              connection_specification: {type: object, properties: {}}
              config_normalization_rules: {type: ConfigNormalizationRules, validations: [{type: PredicateValidator, value: 1, validation_strategy: {type: ValidateAdheresToSchema, base_schema: {type: string}}}]}
              advanced_auth:
                type: AuthFlow
                auth_flow_type: oauth2.0
                oauth_config_specification:
                  type: OAuthConfigSpecification
                  oauth_connector_input_specification: {type: OauthConnectorInputSpecification, consent_url: u, access_token_url: u, state: {type: State, min: 1, max: 2}}
            """.strip(), SCHEMA, REQUESTER)) {
            assertThat(reading.full(source, "items").all("id")).containsExactly("1");
        }
    }

    private static final String FILES =
            "file_uploader: {type: FileUploader, requester: {type: HttpRequester, url_base: \"{{ download_target }}\"},"
                    + " download_target_extractor: {type: DpathExtractor, field_path: [file]}, filename_extractor:"
                    + " \"{{ record.name }}\"}";

    @Test
    void filesAreFetchedIntoTheirFolderAndTheirRecordsSayWhere(@TempDir Path folder) throws IOException {
        byte[] bytes = {0, 1, 2, (byte) 0xFF};
        SERVICE.answer(request -> request.path().equals("/one")
                ? Reply.binary(bytes)
                : Reply.json("[{\"id\": 1, \"name\": \"a/b.bin\", \"file\": \"" + SERVICE.url() + "/one\"}]"));
        reading.filesIn(folder);
        try (Source source = open("", SCHEMA + "\n    " + FILES, REQUESTER)) {
            String reference =
                    reading.full(source, "items").all("file_reference").getFirst();
            assertThat(Files.readAllBytes(folder.resolve("items/a/b.bin"))).isEqualTo(bytes);
            assertThat(reference)
                    .contains("\"source_file_relative_path\":\"items/a/b.bin\"", "\"file_size_bytes\":4")
                    .contains(folder.resolve("items/a/b.bin").toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other/b", "/../../b", "a/../..", "."})
    void noNameOfAFileLeadsOutOfItsFolder(String name, @TempDir Path folder) throws IOException {
        SERVICE.answer(request ->
                Reply.json("[{\"id\": 1, \"name\": \"" + name + "\", \"file\": \"" + SERVICE.url() + "/one\"}]"));
        reading.filesIn(folder);
        try (Source source = open("", SCHEMA + "\n    " + FILES, REQUESTER);
                Stream<Path> written = Files.walk(folder)) {
            assertThatThrownBy(() -> reading.full(source, "items"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            failure -> assertThat(failure.problem().code()).isEqualTo("E_FILE"));
            assertThat(written.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aStreamWithFilesSaysThatItNeedsAPlaceForThem() {
        try (Source source = open("", SCHEMA + "\n    " + FILES, REQUESTER)) {
            var unreadable = source.discover(new DiscoverScope.All()).unreadable();
            assertThat(unreadable).hasSize(1);
            assertThat(unreadable.getFirst().problem().toString()).contains("AIRBYTE_STAGING_DIRECTORY");
        }
    }
}
