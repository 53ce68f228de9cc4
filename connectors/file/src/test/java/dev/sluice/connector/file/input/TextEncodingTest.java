package dev.sluice.connector.file.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Character encodings: each becomes UTF-8, however the bytes come, and what is no text stays recognisable as such. */
class TextEncodingTest {
    private static byte[] utf8(TextEncoding encoding, byte[] encoded, int partBytes) throws IOException {
        InputStream parts = new ByteArrayInputStream(encoded) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, partBytes));
            }
        };
        try (InputStream input = encoding.toUtf8(parts)) {
            return input.readAllBytes();
        }
    }

    @Test
    void eachEncodingBecomesUtf8() throws IOException {
        Map<TextEncoding, String> texts = Map.of(
                TextEncoding.UTF_8, "Grüße, Ελλάδα, \uD83D\uDE80",
                TextEncoding.LATIN_1, "Grüße, ÿ\u0080\u009F",
                TextEncoding.WINDOWS_1252, "Grüße, € „quoted“ – Š ™ ÿ",
                TextEncoding.UTF_16_LE, "a Grüße, Ελλάδα, \uD83D\uDE80 \uFFFF \u07FF \u0800",
                TextEncoding.UTF_16_BE, "a Grüße, Ελλάδα, \uD83D\uDE80 \uFFFF \u07FF \u0800");
        for (Map.Entry<TextEncoding, String> text : texts.entrySet()) {
            byte[] encoded = text.getValue()
                    .repeat(3000)
                    .getBytes(Charset.forName(text.getKey().label()));
            for (int partBytes : new int[] {1, 3, 1 << 20}) {
                assertThat(new String(utf8(text.getKey(), encoded, partBytes), StandardCharsets.UTF_8))
                        .as(text.getKey() + " in parts of " + partBytes)
                        .isEqualTo(text.getValue().repeat(3000));
            }
        }
    }

    @Test
    void theUndefinedCharactersOfWindowsStandForThemselves() throws IOException {
        byte[] undefined = {(byte) 0x81, (byte) 0x8D, (byte) 0x8F, (byte) 0x90, (byte) 0x9D};
        assertThat(new String(utf8(TextEncoding.WINDOWS_1252, undefined, 10), StandardCharsets.UTF_8))
                .isEqualTo("\u0081\u008D\u008F\u0090\u009D");
    }

    @Test
    void halvesOfCharactersAreNoText() throws IOException {
        byte[] highAlone = {'a', 0, 0x3D, (byte) 0xD8, 'b', 0};
        assertThat(utf8(TextEncoding.UTF_16_LE, highAlone, 100)).containsExactly('a', 0xFF, 'b');
        byte[] lowAlone = {(byte) 0xDE, 0x00, 0, 'b'};
        assertThat(utf8(TextEncoding.UTF_16_BE, lowAlone, 100)).containsExactly(0xFF, 'b');
        byte[] oddByte = {0, 'a', 0};
        assertThat(utf8(TextEncoding.UTF_16_BE, oddByte, 100)).containsExactly('a', 0xFF);
        byte[] highAtTheEnd = {(byte) 0xD8, 0x3D};
        assertThat(utf8(TextEncoding.UTF_16_BE, highAtTheEnd, 100)).containsExactly(0xFF);
        byte[] twoHighs = {(byte) 0xD8, 0x3D, (byte) 0xD8, 0x3D, (byte) 0xDE, (byte) 0x80};
        assertThat(utf8(TextEncoding.UTF_16_BE, twoHighs, 100))
                .startsWith(0xFF)
                .endsWith("\uD83D\uDE80".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aMarkAtTheBeginningTells() {
        assertThat(TextEncoding.ofMark(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0}, 4))
                .isEqualTo(TextEncoding.UTF_16_LE);
        assertThat(TextEncoding.ofMark(new byte[] {(byte) 0xFE, (byte) 0xFF, 0, 'a'}, 4))
                .isEqualTo(TextEncoding.UTF_16_BE);
        assertThat(TextEncoding.ofMark(new byte[] {'a', 'b'}, 2)).isEqualTo(TextEncoding.UTF_8);
        assertThat(TextEncoding.ofMark(new byte[] {(byte) 0xFF}, 1)).isEqualTo(TextEncoding.UTF_8);
    }

    @Test
    void theUsualNamesAreUnderstood() {
        for (String name : TextEncoding.labels()) {
            assertThat(TextEncoding.of(name).orElseThrow().label()).isEqualTo(name);
        }
        assertThat(TextEncoding.of("Latin1")).contains(TextEncoding.LATIN_1);
        assertThat(TextEncoding.of("CP1252")).contains(TextEncoding.WINDOWS_1252);
        assertThat(TextEncoding.of("ebcdic")).isEmpty();
    }

    @Test
    void aSampleOfALongFileEndsWhereverItIsCut() throws IOException {
        byte[] text = "Grüße\n".repeat(50_000).getBytes(StandardCharsets.UTF_16LE);
        Coding coding = new Coding(Compression.NONE, TextEncoding.UTF_16_LE);
        TextSample sample = TextSample.decode(text, false, coding, 1000);
        assertThat(sample.bytes()).hasSize(1000);
        assertThat(sample.isWhole()).isFalse();
    }
}
