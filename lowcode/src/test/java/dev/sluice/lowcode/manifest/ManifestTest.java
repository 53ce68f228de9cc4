package dev.sluice.lowcode.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.LocalDates;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a manifest becomes a tree of components: YAML 1.1, references, parameters, types, and mistakes with their places. */
class ManifestTest {
    private static final String STREAM = """
        version: "6"
        check: {stream_names: [a]}
        streams:
          - name: a
            retriever:
              requester: {url_base: "https://example.com", path: a}
              record_selector: {extractor: {field_path: []}}
        """;

    private static String yaml(String text) {
        return JsonValues.write(LocalDates.asTexts(YamlDocument.read("m.yaml", text)));
    }

    private static Problem problem(String text) {
        try {
            Manifest.read("m.yaml", text);
        } catch (ProblemException failure) {
            return failure.problem();
        }
        throw new AssertionError("the manifest was read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yes|true",
                "off|false",
                "010|8",
                "0o7|\"0o7\"",
                "12:30:00|45000",
                "1e5|\"1e5\"",
                "1.5e+3|1500.0",
                "1_000|1000",
                "0x1F|31",
                "~|null",
                "\"yes\"|\"yes\"",
                "2020-01-01|\"2020-01-01\"",
                "2020-13-01|\"2020-13-01\"",
                "!!str 5|\"5\"",
                "-1|-1",
                "1.0|1.0",
                "{a: 1, a: 2}|{\"a\":2}",
            })
    void scalarsAreThoseOfVersion11(String text, String json) {
        assertThat(yaml(text)).isEqualTo(json);
    }

    @Test
    void mapsAreMergedAndOwnMembersWin() {
        assertThat(yaml("a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n"))
                .isEqualTo("{\"a\":{\"p\":1,\"q\":2},\"b\":{\"p\":1,\"q\":3}}");
    }

    @Test
    void aBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 10; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(String.join(",", Collections.nCopies(10, before))).append("]\n");
        }
        assertThatThrownBy(() -> YamlDocument.read("m.yaml", bomb.toString()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().why()).contains("aliases"));
        assertThatThrownBy(() -> YamlDocument.read("m.yaml", "[".repeat(5000))).isInstanceOf(ProblemException.class);
    }

    @Test
    void referencesAreShallowAndTextsCanBeReferences() {
        Object resolved = References.resolve(Values.mapOrEmpty(YamlDocument.read("m.yaml", """
            definitions:
              base: {a: {x: 1}, b: 2}
              "with/slash": 7
              list: [10, 20]
            one: {$ref: "#/definitions/base", a: {y: 2}}
            two: "#/definitions/with/slash"
            three: ["#/definitions/list/1", {$ref: "#/definitions/list"}]
            """)));
        assertThat(JsonValues.write(Values.member(resolved, "one"))).isEqualTo("{\"a\":{\"y\":2},\"b\":2}");
        assertThat(Values.member(resolved, "two")).isEqualTo(7L);
        assertThat(JsonValues.write(Values.member(resolved, "three"))).isEqualTo("[20,[10,20]]");
    }

    @Test
    void referencesThatLeadNowhereOrBackAreRefused() {
        assertThat(problem("x: '#/y'\n").why()).isEqualTo("there is nothing at #/y");
        assertThat(problem("x: {$ref: '#/z'}\nz: {$ref: '#/x'}\n").why()).contains("leads back to itself");
    }

    @Test
    void parametersBecomeFieldsAndTypesAreFilledIn() {
        Component root = Manifest.read("m.yaml", """
            version: "6"
            check: {stream_names: [a]}
            streams:
              - $parameters: {name: a, path: items, primary_key: id}
                primary_key: ""
                retriever:
                  requester: {url_base: "https://example.com", $parameters: {path: other}}
                  record_selector: {extractor: {field_path: []}}
            """).root();
        Component stream = root.all("streams").getFirst();
        assertThat(stream.type()).isEqualTo("DeclarativeStream");
        assertThat(stream.text("name")).isEqualTo("a");
        assertThat(stream.text("primary_key")).isEqualTo("id");
        Component requester = stream.required("retriever").required("requester");
        assertThat(requester.type()).isEqualTo("HttpRequester");
        assertThat(requester.text("path")).isEqualTo("other");
        assertThat(requester.parameters()).containsEntry("path", "other").containsEntry("name", "a");
    }

    @Test
    void mistakesSayWhereTheyStand() {
        assertThat(problem(STREAM.replace("retriever:", "retriver:")).message())
                .contains("/streams/0: a DeclarativeStream needs `retriever`");
        assertThat(problem(STREAM + "stream: []\n").message())
                .contains("/stream: is no field of a manifest; did you mean streams?");
        assertThat(problem(STREAM.replace("path: a", "http_method: FETCH")).message())
                .contains("/streams/0/retriever/requester/http_method: \"FETCH\" is none of GET, PATCH, POST, PUT");
        assertThat(problem(STREAM.replace("requester: {", "requester: {type: HttpRequestr, "))
                        .message())
                .contains("the component type HttpRequestr is not known; did you mean HttpRequester?");
        assertThat(problem("a: [1, 2\n").where()).startsWith("m.yaml:");
        assertThat(problem("").message()).contains("empty");
    }

    @Test
    void aWholeManifestIsRead() {
        assertThat(Manifest.read("m.yaml", STREAM).root().text("version")).isEqualTo("6");
    }
}
