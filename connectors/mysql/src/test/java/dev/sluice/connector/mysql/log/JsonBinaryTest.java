package dev.sluice.connector.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdk.text.ByteSink;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MySQL's binary form of JSON, by the bytes that its documentation describes. */
final class JsonBinaryTest {
    private static String text(String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        ByteSink out = new ByteSink(16);
        JsonBinary.append(out, bytes, 0, bytes.length);
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        04 00                                                        | null
        04 01                                                        | true
        05 ff ff                                                     | -1
        06 ff ff                                                     | 65535
        07 00 00 00 80                                               | -2147483648
        0a ff ff ff ff ff ff ff ff                                   | 18446744073709551615
        0b 00 00 00 00 00 00 f8 3f                                   | 1.5
        0c 04 61 22 5c 0a                                            | "a\\"\\\\\\n"
        00 00 00 04 00                                               | {}
        02 02 00 0a 00 05 01 00 04 00 00                             | [1, null]
        00 01 00 0f 00 0b 00 01 00 0c 0c 00 61 02 68 69              | {"a": "hi"}
        02 01 00 0c 00 02 07 00 01 00 05 00 05 02 00                 | [[2]]
        0f f6 05 05 02 80 7b 2d                                      | 123.45
        0f 0c 08 00 00 00 00 00 fe 63 19                          | "1999-12-31 00:00:00.000000"
        0f fc 02 01 02                                               | "base64:type252:AQI="
        """)
    void documentsAreReadAsAQueryShowsThem(String hex, String json) throws IOException {
        assertThat(text(hex)).isEqualTo(json);
    }

    @Test
    void numbersHaveAPointOrAnExponent() {
        assertThat(JsonBinary.text(1)).isEqualTo("1.0");
        assertThat(JsonBinary.text(-0.0)).isEqualTo("-0.0");
        assertThat(JsonBinary.text(0.1)).isEqualTo("0.1");
        assertThat(JsonBinary.text(123_456_789_012_345.0)).isEqualTo("123456789012345.0");
        assertThat(JsonBinary.text(1e20)).isEqualTo("1e20");
        assertThat(JsonBinary.text(-1.5e-20)).isEqualTo("-1.5e-20");
    }

    /** Whatever the log holds, nothing is read beyond it, and nothing runs without end. */
    @ParameterizedTest
    @CsvSource({
        "0c ff 61",
        "00 ff ff 0a 00",
        "02 01 00 0c 00 02 00 00",
        "0f f6 7f 05",
        "0f 0c 08 00",
        "07 01",
        "09",
        "20 00"
    })
    void damagedDocumentsAreRefused(String hex) {
        assertThatThrownBy(() -> text(hex)).isInstanceOf(IOException.class);
    }
}
