package dev.sluice.cdk.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Types and JSON Schemas of the Airbyte protocol say the same. */
class JsonSchemasTest {
    private static final String TYPES = """
        {"type": "string"}                                                                        | string
        {"type": ["null", "string"], "format": "date"}                                            | date
        {"type": "string", "format": "date-time"}                                                 | timestamp_with_timezone(6)
        {"type": "string", "format": "date-time", "airbyte_type": "timestamp_with_timezone"}      | timestamp_with_timezone(6)
        {"type": "string", "format": "date-time", "airbyte_type": "timestamp_without_timezone"}   | timestamp(6)
        {"type": "string", "format": "time", "airbyte_type": "time_without_timezone"}             | time(6)
        {"type": "string", "format": "time", "airbyte_type": "time_with_timezone"}                | time_with_timezone(6)
        {"type": "string", "format": "email"}                                                     | string
        {"type": "integer"}                                                                       | int64
        {"type": "number", "airbyte_type": "integer"}                                             | int64
        {"type": "integer", "airbyte_type": "big_integer"}                                        | decimal(38,0)
        {"type": ["null", "number"]}                                                              | float64
        {"type": ["integer", "number", "null"]}                                                   | float64
        {"type": "boolean"}                                                                       | boolean
        {"type": "array", "items": {"type": "string"}}                                            | array<string>
        {"type": "array"}                                                                         | array<json>
        {"type": "object", "properties": {"a": {"type": "integer"}}}                              | object<a: int64>
        {"properties": {"a": {}}}                                                                 | object<a: json>
        {"type": "object", "additionalProperties": true}                                          | object
        {"type": ["string", "integer"]}                                                           | json
        {"oneOf": [{"type": "null"}, {"type": "string"}]}                                         | string
        {"anyOf": [{"type": "integer"}, {"type": "string"}]}                                      | json
        {"$ref": "#/definitions/money"}                                                           | object<amount: float64>
        {"$ref": "#/definitions/circle"}                                                          | json
        {"$ref": "elsewhere.json"}                                                                | json
        {}                                                                                        | json
        """;

    @TestFactory
    Stream<DynamicTest> eachSchemaIsReadAsAType() {
        return TYPES.lines()
                .map(line -> line.split("\\|"))
                .map(parts -> DynamicTest.dynamicTest(
                        parts[0].strip(), () -> assertThat(read(parts[0])).isEqualTo(parts[1].strip())));
    }

    private static String read(String schema) {
        String record = "{\"definitions\": {\"money\": {\"type\": \"object\","
                + " \"properties\": {\"amount\": {\"type\": \"number\"}}},"
                + " \"circle\": {\"$ref\": \"#/definitions/circle\"}}, \"properties\": {\"f\": " + schema + "}}";
        return JsonSchemas.fields(Json.readObject(record)).field(0).type().notation();
    }

    @Test
    void aSchemaThatContainsItselfEndsAsJson() {
        Schema schema = JsonSchemas.fields(Json.readObject(
                "{\"properties\": {\"tree\": {\"type\": \"object\", \"properties\": {\"child\": {\"$ref\":"
                        + " \"#/properties/tree\"}}}}}"));
        assertThat(schema.names()).containsExactly("tree");
    }

    @Test
    void aSchemaWithoutPropertiesHasNoFields() {
        assertThat(JsonSchemas.fields(Json.readObject("{\"type\": \"object\"}")).fields())
                .isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        Schema schema = new Schema(List.of(
                new Field("flag", new DataType.BoolType()),
                new Field("count", new DataType.IntType(64)),
                new Field("ratio", new DataType.FloatType(64)),
                new Field("text", new DataType.TextType()),
                new Field("day", new DataType.DateType()),
                new Field("clock", new DataType.TimeType(6, false)),
                new Field("zoned clock", new DataType.TimeType(6, true)),
                new Field("moment", new DataType.TimestampType(6, true)),
                new Field("local", new DataType.TimestampType(6, false)),
                new Field("any", new DataType.JsonType()),
                new Field("list", new DataType.ArrayType(new DataType.IntType(64))),
                new Field(
                        "group",
                        new DataType.ObjectType(List.of(
                                new Field("inner", new DataType.ArrayType(new DataType.ObjectType(List.of()))))))));
        assertThat(JsonSchemas.fields(JsonSchemas.of(schema))).isEqualTo(schema);
    }

    @Test
    void typesThatTheProtocolLacksAreWrittenAsTheNextWiderOne() {
        Schema schema = new Schema(List.of(
                new Field("small", new DataType.IntType(8)),
                new Field("whole", new DataType.DecimalType(30, 0)),
                new Field("price", new DataType.DecimalType(12, 2)),
                new Field("id", new DataType.UuidType()),
                new Field("bytes", new DataType.BinaryType())));
        assertThat(Json.write(JsonSchemas.of(schema).get("properties")))
                .isEqualTo("{\"small\":{\"type\":[\"null\",\"integer\"]},"
                        + "\"whole\":{\"type\":[\"null\",\"number\"],\"airbyte_type\":\"integer\"},"
                        + "\"price\":{\"type\":[\"null\",\"number\"]},"
                        + "\"id\":{\"type\":[\"null\",\"string\"]},"
                        + "\"bytes\":{\"type\":[\"null\",\"string\"],\"contentEncoding\":\"base64\"}}");
    }
}
