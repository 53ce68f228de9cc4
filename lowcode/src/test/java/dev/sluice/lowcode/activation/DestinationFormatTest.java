package dev.sluice.lowcode.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.source.FakeService;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a definition of a destination may say, and what is told of one that is wrong. */
class DestinationFormatTest {
    @TempDir
    Path memory;

    @Test
    void allMistakesAreToldAtOnceWithTheirPlaces() {
        String wrong = """
            titel: Store
            requester: {authenticator: {type: NoAuth}}
            objects:
              - name: contacts
                fields: {declared: [{name: size, type: int}]}
                operations:
                  upsert:
                    requester: {path: "/a/{{ key"}
                    batch: {max_record: 3}
                    results: {type: by_key}
                  merge: {requester: {path: /b}}
              - fields: {}
            """;
        assertThatThrownBy(() -> new DeclarativeConnector("test", "destination.yaml", wrong))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().code()).isEqualTo("E_DESTINATION_FORMAT");
                    assertThat(refused.problem().where()).isEqualTo("destination.yaml");
                    assertThat(refused.problem().why())
                            .contains(
                                    "/: `titel` is not known, did you mean `title`?",
                                    "/requester: `url_base` is missing",
                                    "/objects/0/fields/declared/0: the type int is not known",
                                    "/objects/0/operations: `merge` is not known",
                                    "/objects/0/operations/upsert: it is not said by what objects are found",
                                    "/objects/0/operations/upsert/batch: `max_record` is not known, did you mean"
                                            + " `max_records`?",
                                    "/objects/0/operations/upsert/results: `failed` is missing",
                                    "/objects/0/operations/upsert/requester/path: a template cannot be read",
                                    "/objects/1: `name` is missing");
                });
    }

    @Test
    void theOptionsOfADestinationHaveTheOneThatAllHave() {
        DeclarativeConnector connector = new DeclarativeConnector("test", "destination.yaml", ObjectStore.DEFINITION);
        assertThat(connector.spec()).contains("\"airbyte_secret\":true", "\"detect_changes\"");
        assertThat(connector.title()).isEqualTo("Store");
        assertThat(connector.modes())
                .contains(DestinationSyncMode.APPEND, DestinationSyncMode.APPEND_DEDUP, DestinationSyncMode.DELETE);
        assertThatThrownBy(() -> new Sending(memory).open(ObjectStore.DEFINITION, Map.of("url", "http://localhost")))
                .hasMessageContaining("the option token is missing");
    }

    private static final String FROM_THE_SYSTEM = """
        requester: {url_base: "{{ config.url }}"}
        object_lists:
          - retriever:
              requester: {path: /objects}
              record_selector: {extractor: {field_path: [objects]}}
            name: "{{ record.name }}"
            when: "{{ record.writable }}"
            object:
              fields:
                retriever:
                  requester: {path: "/objects/{{ parameters.object }}/fields"}
                  record_selector: {extractor: {field_path: [fields]}}
                  paginator:
                    type: DefaultPaginator
                    pagination_strategy:
                      type: CursorPagination
                      cursor_value: "{{ response.next }}"
                      stop_condition: "{{ not response.next }}"
                    page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: after}
                name: "{{ record.name }}"
                label: "{{ record.label }}"
                type: "{{ record.type }}"
                types: {string: text, int: integer, datetime: timestamp}
                when: "{{ not record.readonly }}"
                required: "{{ record.required }}"
                allowed: "{{ record.options | map(attribute='value') | list }}"
                unique: "{{ record.unique }}"
              operations:
                upsert:
                  unique_fields: true
                  matching_keys: [[id]]
                  requester: {path: "/objects/{{ object }}", http_method: POST}
        """;

    @Test
    void objectsAndFieldsAreToldByTheSystemPageByPage() {
        try (FakeService service = new FakeService()) {
            service.answer(asked -> switch (asked.path() + asked.query()) {
                case "/objects{}" ->
                    Reply.json("{\"objects\": [{\"name\": \"deals\", \"writable\": true}, {\"name\": \"logs\"}]}");
                case "/objects/deals/fields{}" -> Reply.json("""
                    {"next": "2", "fields": [
                      {"name": "code", "label": "Code", "type": "string", "unique": true, "required": true},
                      {"name": "made", "type": "datetime", "readonly": true}]}\
                    """);
                default -> Reply.json("""
                    {"fields": [
                      {"name": "stage", "type": "string", "options": [{"value": "won"}, {"value": "lost"}]},
                      {"name": "amount", "type": "int"}]}\
                    """);
            });
            try (Destination destination = new Sending(memory).open(FROM_THE_SYSTEM, Map.of("url", service.url()))) {
                List<ObjectOperation> operations = destination.operations(null);
                assertThat(operations).hasSize(1);
                ObjectOperation upsert = operations.getFirst();
                assertThat(upsert.object()).isEqualTo("deals");
                assertThat(upsert.names()).containsExactly("code", "stage", "amount", "id");
                assertThat(upsert.matchingKeys()).containsExactly(List.of("id"), List.of("code"));
                assertThat(upsert.find("code").orElseThrow().required()).isTrue();
                assertThat(upsert.find("code").orElseThrow().label()).isEqualTo("Code");
                assertThat(upsert.find("stage").orElseThrow().allowed()).containsExactly("won", "lost");
                assertThat(upsert.find("amount").orElseThrow().field().type().notation())
                        .isEqualTo("int64");
                assertThat(destination.operations("logs")).isEmpty();
            }
        }
    }

    @Test
    void whatIsSentIsSignedSoThatTheReceiverKnowsWhomItComesFrom() {
        String definition = """
            requester: {url_base: "{{ config.url }}"}
            objects:
              - name: hook
                additional_fields: true
                operations:
                  insert:
                    requester: {path: /, http_method: POST}
                    body: "{{ record }}"
                    signature:
                      header: X-Signature
                      secret: "{{ config.secret }}"
                      content: "{{ timestamp }}.{{ body }}"
                      value: "t={{ timestamp }},v1={{ signature }}"
            """;
        try (FakeService service = new FakeService();
                Destination destination =
                        new Sending(memory).open(definition, Map.of("url", service.url(), "secret", "s3cret"))) {
            new Sending(memory).run(destination, Sending.Wish.insert("hook", "name"), 1, List.of(List.of("Ada")));
            assertThat(service.asked().getFirst().body()).isEqualTo("{\"name\":\"Ada\"}");
            // printf '1767323045.{"name":"Ada"}' | openssl dgst -sha256 -hmac s3cret
            assertThat(service.asked().getFirst().headers().get("X-Signature"))
                    .isEqualTo("t=1767323045,v1=de0f919960107602f7db78378ee05047c5bf27037f807e80d819c838b92d2544");
        }
    }
}
