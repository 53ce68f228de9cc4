package dev.sluice.connector.file.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.testkit.host.Await;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compressed files: whole ones come out exactly, and no other one passes for a whole one. */
class CompressionTest {
    private static byte[] text(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            out.append(random.nextInt()).append(",line ").append(i).append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] compressed(Compression compression, byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = switch (compression) {
            case NONE -> bytes;
            case GZIP -> new GZIPOutputStream(bytes);
            case ZSTD -> new ZstdOutputStream(bytes).setChecksum(true);
        }) {
            out.write(text);
        } catch (IOException memoryDoesNotFail) {
            throw new UncheckedIOException(memoryDoesNotFail);
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] decompress(Compression compression, InputStream raw) throws IOException {
        try (InputStream input = compression.decompress(raw)) {
            return input.readAllBytes();
        }
    }

    private static byte[] decompress(Compression compression, byte[] stored) throws IOException {
        return decompress(compression, new ByteArrayInputStream(stored));
    }

    /** Gives one byte at a time and says that none is there, as a slow network does. */
    private static InputStream slow(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }

            @Override
            public int available() {
                return 0;
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void itShowsItselfByItsFirstBytes(Compression compression) {
        byte[] stored = compressed(compression, text(1));
        assertThat(Compression.of(stored, stored.length)).isEqualTo(compression);
        assertThat(Compression.of(stored, 1)).isEqualTo(Compression.NONE);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aWholeFileComesOutExactly(Compression compression) throws IOException {
        byte[] stored = compressed(compression, text(1));
        assertThat(decompress(compression, stored)).isEqualTo(text(1));
        assertThat(decompress(compression, slow(stored))).isEqualTo(text(1));
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void severalPartsAreOneFile(Compression compression) throws IOException {
        byte[] stored = concat(
                compressed(compression, text(1)),
                compressed(compression, new byte[0]),
                compressed(compression, text(2)));
        assertThat(decompress(compression, stored)).isEqualTo(concat(text(1), text(2)));
        assertThat(decompress(compression, slow(stored))).isEqualTo(concat(text(1), text(2)));
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void noCutFilePassesForAWholeOne(Compression compression) {
        byte[] stored = compressed(compression, text(1));
        for (int length = 1; length < stored.length; length++) {
            byte[] cut = Arrays.copyOf(stored, length);
            assertThatThrownBy(() -> decompress(compression, cut))
                    .as("the first " + length + " of " + stored.length + " bytes")
                    .isInstanceOf(DamagedFileException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void noDamagedFilePassesForAWholeOne(Compression compression) throws IOException {
        byte[] stored = compressed(compression, text(1));
        for (int at = 0; at < stored.length; at++) {
            byte[] damaged = stored.clone();
            damaged[at] ^= 0x40;
            byte[] result;
            try {
                result = decompress(compression, damaged);
            } catch (DamagedFileException told) {
                continue;
            }
            // Some bytes of a header say nothing about the content, such as the time of the writing.
            assertThat(result).as("with a change at byte " + at).isEqualTo(text(1));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void somethingElseBehindTheDataIsTold(Compression compression) {
        byte[] stored = concat(compressed(compression, text(1)), "garbage".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> decompress(compression, stored)).isInstanceOf(DamagedFileException.class);
    }

    @Test
    void zerosBehindGzipArePadding() throws IOException {
        byte[] stored = concat(compressed(Compression.GZIP, text(1)), new byte[1000]);
        assertThat(decompress(Compression.GZIP, stored)).isEqualTo(text(1));
    }

    @Test
    void anEmptyFileIsNoGzip() {
        assertThatThrownBy(() -> decompress(Compression.GZIP, new byte[0])).isInstanceOf(DamagedFileException.class);
    }

    @Test
    void allPartsOfAGzipHeaderAreUnderstood() throws IOException {
        byte[] plain = compressed(Compression.GZIP, text(1));
        byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
        byte[] header = concat(
                // Flags: header checksum, extra field, name, comment.
                new byte[] {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3},
                new byte[] {5, 0, 'e', 'x', 't', 'r', 'a'},
                "name.csv\0a comment\0".getBytes(StandardCharsets.ISO_8859_1));
        CRC32 crc = new CRC32();
        crc.update(header);
        byte[] checksum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        assertThat(decompress(Compression.GZIP, concat(header, checksum, body))).isEqualTo(text(1));
    }

    @Test
    void dataThatGrowsUnbelievablyIsStopped() throws IOException {
        byte[] zeros = compressed(Compression.GZIP, new byte[1 << 20]);
        RatioGuard.Limits strict = new RatioGuard.Limits(1 << 16, 100);
        try (InputStream input =
                RatioGuard.around(new ByteArrayInputStream(zeros), raw -> new GzipInput(raw, 1024), strict)) {
            assertThatThrownBy(input::readAllBytes)
                    .isInstanceOf(DamagedFileException.class)
                    .hasMessageContaining("harm");
        }
        RatioGuard.Limits usual = new RatioGuard.Limits(1 << 16, 2000);
        try (InputStream input =
                RatioGuard.around(new ByteArrayInputStream(zeros), raw -> new GzipInput(raw, 1024), usual)) {
            assertThat(input.readAllBytes()).hasSize(1 << 20);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aReaderThatWaitsIsReleasedByClosing(Compression compression) throws Exception {
        byte[] stored = compressed(compression, text(1));
        try (BlockingInput raw = new BlockingInput(Arrays.copyOf(stored, stored.length / 2))) {
            InputStream input = compression.decompress(raw);
            Thread closer = Thread.ofPlatform().start(() -> {
                raw.awaitReader();
                try {
                    input.close();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
            assertThatThrownBy(input::readAllBytes).isInstanceOf(IOException.class);
            Await.end(closer);
            assertThatThrownBy(() -> input.read(new byte[10])).isInstanceOf(IOException.class);
        }
    }

    @Test
    void damageIsAProblemOfTheData() {
        ProblemException problem = Problems.reading("a.csv.gz", new DamagedFileException("the gzip data is bad"));
        assertThat(problem.problem().code()).isEqualTo("E_FILE_DAMAGED");
        assertThat(problem.problem().kind()).isEqualTo(ProblemKind.DATA);
        assertThat(problem.problem().where()).isEqualTo("a.csv.gz");
        assertThat(problem.problem().why()).contains("bad");
    }
}
