package dev.sluice.cdk.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class Utf8Test {
    @Property(tries = 5000)
    void agreesWithTheDecoderOfTheLibrary(@ForAll("almostUtf8") byte[] bytes) {
        assertThat(Utf8.firstInvalid(bytes, 0, bytes.length)).isEqualTo(firstInvalid(bytes));
    }

    @Test
    void takesEveryCharacterThatThereIs() {
        for (int point = 0; point <= 0x10FFFF; point++) {
            byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
            boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
            byte[] encoded = surrogate
                    ? new byte[] {(byte) 0xED, (byte) (0x80 | (point >> 6 & 0x3F)), (byte) (0x80 | (point & 0x3F))}
                    : bytes;
            assertThat(Utf8.firstInvalid(encoded, 0, encoded.length) < 0).isEqualTo(!surrogate);
        }
    }

    @Property
    void quotesEveryTextAsJson(@ForAll("texts") String text) {
        ByteSink out = new ByteSink(4);
        JsonText.appendString(out, text);
        assertThat(Json.read(out.toString())).isEqualTo(text);
    }

    @Property
    void undoesEveryEscape(@ForAll("texts") String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(unit -> escaped.append("\\u%04X".formatted(unit)));
        ByteSink quoted = new ByteSink(4);
        JsonText.appendString(quoted, text);
        for (String json : List.of(
                escaped.toString(),
                quoted.toString().substring(1, quoted.toString().length() - 1))) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            ByteSink out = new ByteSink(4);
            assertThat(JsonText.unescape(out, bytes, 0, bytes.length)).isTrue();
            assertThat(out.toString()).isEqualTo(text);
        }
    }

    @Test
    void refusesHalvesOfSurrogatePairs() {
        for (String json : List.of("\\ud83d", "a\\ude00", "\\ud83dx\\ude00", "\\ud83d\\ud83d")) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            assertThat(JsonText.unescape(new ByteSink(4), bytes, 0, bytes.length))
                    .isFalse();
        }
    }

    @Test
    void escapesOnlyWhatJsonDemands() {
        ByteSink out = new ByteSink(4);
        JsonText.appendString(out, "a/ü\u007f\"\\\n\r\t\b\f\u0000\u001f");
        assertThat(out.toString()).isEqualTo("\"a/ü\u007f\\\"\\\\\\n\\r\\t\\b\\f\\u0000\\u001f\"");
    }

    @Property
    void findsEqualBytesWithoutFalseAlarms(@ForAll long word, @ForAll byte value) {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(word)
                .array();
        int expected = 0;
        for (int i = 0; i < 8; i++) {
            expected |= bytes[i] == value ? 1 << i : 0;
        }
        assertThat(Words.pack(Words.equalBytes(word, Words.repeat(value)))).isEqualTo(expected);
        long sprinkled = word & 0x0101010101010101L;
        assertThat(Long.bitCount(Words.equalBytes(sprinkled, 0))).isEqualTo(8 - Long.bitCount(sprinkled));
    }

    @Provide
    Arbitrary<byte[]> almostUtf8() {
        Arbitrary<Byte> any = Arbitraries.bytes();
        Arbitrary<Byte> leading = Arbitraries.of(
                (byte) 'a',
                (byte) 0x80,
                (byte) 0xC2,
                (byte) 0xE0,
                (byte) 0xED,
                (byte) 0xF0,
                (byte) 0xF4,
                (byte) 0x9F,
                (byte) 0xA0,
                (byte) 0x8F,
                (byte) 0x90);
        Arbitrary<byte[]> odd =
                Arbitraries.oneOf(any, leading).array(byte[].class).ofMaxSize(24);
        return Arbitraries.oneOf(odd, texts().map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\u0000', '\u007f')
                .withChars("äß€漢\ud83d\ude00\"\\"
                        .codePoints()
                        .mapToObj(Character::toString)
                        .reduce("", String::concat))
                .ofMaxLength(40)
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    /** Where decoding stops: the longest prefix that decodes without an error. */
    private static int firstInvalid(byte[] bytes) {
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        return result.isUnderflow() ? -1 : in.position();
    }
}
