package dev.sluice.server.definitions;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations against what connectors want, with a message for each field. */
class ConnectorSpecTest {
    private static final ConnectorSpec SPEC = ConnectorSpec.of(new Json("""
        {"$id": "https://example.org/spec.json", "type": "object", "required": ["host", "tunnel"],
         "additionalProperties": false,
         "properties": {
           "host": {"type": "string", "pattern": "^[a-z.]+$"},
           "port": {"type": "integer", "minimum": 1, "maximum": 65535},
           "mode": {"enum": ["fast", "safe"]},
           "password": {"type": "string", "airbyte_secret": true, "minLength": 12},
           "tunnel": {"oneOf": [
             {"properties": {"method": {"const": "none"}}, "required": ["method"]},
             {"properties": {"method": {"const": "key"}, "user": {"type": "string"}},
              "required": ["method", "user"]}]},
           "streams": {"type": "array", "items": {"oneOf": [
             {"properties": {"kind": {"const": "csv"}, "delimiter": {"maxLength": 1}}},
             {"properties": {"kind": {"const": "json"}}}]}}}}\
        """));

    private static List<String> words(ConnectorSpec spec, String configuration) {
        return spec.problems(JsonText.object(configuration), text -> text.equals("**********")).stream()
                .map(FieldProblem::words)
                .toList();
    }

    @Test
    void whatFitsHasNoProblem() {
        assertThat(words(
                        SPEC,
                        "{\"host\": \"db.example\", \"port\": 5432, \"tunnel\": {\"method\": \"key\", \"user\": \"u\"},"
                                + " \"streams\": [{\"kind\": \"json\"}, {\"kind\": \"csv\", \"delimiter\": \";\"}]}"))
                .isEmpty();
    }

    @Test
    void eachFieldHasItsMessage() {
        assertThat(words(
                        SPEC,
                        "{\"prot\": 1, \"port\": \"canary\", \"mode\": \"canary\", \"tunnel\": {\"method\": \"key\"}}"))
                .containsExactlyInAnyOrder(
                        "host: is required",
                        "prot: is no option of the connector; did you mean port?",
                        "port: has to be a whole number",
                        "mode: has to be one of fast, safe",
                        "tunnel.user: is required");
        assertThat(words(SPEC, "{\"host\": \"CANARY\", \"port\": 70000, \"tunnel\": {\"method\": \"canary\"}}"))
                .containsExactlyInAnyOrder(
                        "host: has to match ^[a-z.]+$",
                        "port: has to be at most 65535",
                        "tunnel.method: has to be one of none, key");
        assertThat(words(
                        SPEC,
                        "{\"host\": \"h\", \"tunnel\": {}, \"streams\": [{\"kind\": \"json\"},"
                                + " {\"kind\": \"csv\", \"delimiter\": \"ab\"}, {\"kind\": 1}]}"))
                .containsExactlyInAnyOrder(
                        "tunnel.method: is required; it is one of none, key",
                        "streams.1.delimiter: has at most 1 characters",
                        "streams.2.kind: has to be one of csv, json");
    }

    @Test
    void whatIsHiddenBehindAMaskIsNotJudged() {
        String start = "{\"host\": \"h\", \"tunnel\": {\"method\": \"none\"}, \"password\": ";
        assertThat(words(SPEC, start + "\"**********\"}")).isEmpty();
        assertThat(words(SPEC, start + "\"short\"}")).containsExactly("password: needs at least 12 characters");
    }

    @Test
    void allOfItIsInTheRefusal() {
        assertProblem(() -> SPEC.require(JsonText.object("{}"), text -> false), "E_CONFIGURATION");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/hostname", "http://127.0.0.1:1/x.json", "classpath:/x.json", "#/nowhere"})
    void aSchemaReadsNothingElsewhere(String reference) {
        ConnectorSpec spec = ConnectorSpec.of(new Json("{\"properties\": {\"a\": {\"$ref\": \"" + reference + "\"}}}"));
        assertProblem(() -> words(spec, "{\"a\": 1}"), "E_SPEC");
    }
}
