package dev.sluice.connector.file.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.spi.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Decompressing blocks: Snappy by hand, and limits of all. */
class AvroCodecTest {
    private static final int MOST = 1 << 20;

    /** The text "abcabcabcabcx" as a run, a copy that reaches into itself, and another run. */
    private static final byte[] SNAPPY = {13, 2 << 2, 'a', 'b', 'c', (9 - 4) << 2 | 1, 3, 0, 'x'};

    private static byte[] withChecksum(byte[] block, String text) {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return ByteBuffer.allocate(block.length + 4)
                .put(block)
                .putInt((int) checksum.getValue())
                .array();
    }

    @Test
    void snappyIsRead() throws IOException {
        ByteSink out = new ByteSink(16);
        AvroCodec.SNAPPY.decompress(withChecksum(SNAPPY, "abcabcabcabcx"), out, MOST);
        assertThat(out).hasToString("abcabcabcabcx");
    }

    @Test
    void xzIsRead() throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        try (XZOutputStream output = new XZOutputStream(block, new LZMA2Options(0))) {
            output.write(SNAPPY);
        }
        ByteSink out = new ByteSink(16);
        AvroCodec.XZ.decompress(block.toByteArray(), out, MOST);
        assertThat(out.toBytes()).isEqualTo(SNAPPY);
    }

    @Test
    void aWrongChecksumIsDamage() {
        byte[] block = withChecksum(SNAPPY, "something else");
        assertThatThrownBy(() -> AvroCodec.SNAPPY.decompress(block, new ByteSink(16), MOST))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void aCopyOfWhatIsNotThereIsDamage() {
        byte[] block = withChecksum(new byte[] {5, 0, 'a', 1, 2}, "aaaaa");
        assertThatThrownBy(() -> AvroCodec.SNAPPY.decompress(block, new ByteSink(16), MOST))
                .isInstanceOf(DamagedFileException.class);
    }

    @Test
    void aBlockThatBecomesTooLargeIsRefused() {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[4 * MOST]);
        deflater.finish();
        byte[] part = new byte[64 << 10];
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(part, 0, deflater.deflate(part));
        deflater.end();
        assertThatThrownBy(() -> AvroCodec.DEFLATE.decompress(block.toByteArray(), new ByteSink(16), MOST))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("E_FILE_BLOCK_SIZE");
    }

    @Test
    void otherCodecsAreNamedInTheProblem() {
        assertThatThrownBy(() -> AvroCodec.named("bzip2")).hasMessageContaining("bzip2");
    }
}
