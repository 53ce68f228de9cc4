package dev.sluice.connector.file.avro;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.tukaani.xz.XZInputStream;

/** How the blocks of an Avro file are compressed. */
public enum AvroCodec {
    NULL("null"),
    DEFLATE("deflate"),
    SNAPPY("snappy"),
    ZSTANDARD("zstandard"),
    XZ("xz");

    private static final int PART_BYTES = 32 << 10;
    private static final int XZ_MEMORY_KIB = 80 << 10;
    private static final int CHECKSUM_BYTES = 4;

    private final String label;

    AvroCodec(String label) {
        this.label = label;
    }

    /** The name in headers. */
    public String label() {
        return label;
    }

    static AvroCodec named(String name) {
        for (AvroCodec codec : values()) {
            if (codec.label.equals(name)) {
                return codec;
            }
        }
        if (name.isEmpty()) {
            return NULL;
        }
        throw Problem.of("E_FILE_FORMAT", ProblemKind.CONFIG, "the Avro file is compressed by " + name)
                .because("the codecs that can be read are null, deflate, snappy, zstandard and xz")
                .fix("write the file with one of these")
                .exception();
    }

    /**
     * Decompresses a block.
     *
     * @param out gets the bytes
     * @param most how many there may be
     */
    void decompress(byte[] block, ByteSink out, int most) throws IOException {
        out.clear();
        InputStream raw = new ByteArrayInputStream(block);
        switch (this) {
            case NULL -> out.put(block);
            case DEFLATE -> inflate(raw, out, most);
            case SNAPPY -> snappy(block, out, most);
            case ZSTANDARD -> copy(new ZstdInputStreamNoFinalizer(raw), out, most);
            case XZ -> copy(new XZInputStream(raw, XZ_MEMORY_KIB), out, most);
        }
    }

    private static void inflate(InputStream raw, ByteSink out, int most) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            copy(new InflaterInputStream(raw, inflater, PART_BYTES), out, most);
        } finally {
            inflater.end();
        }
    }

    private static void copy(InputStream plain, ByteSink out, int most) throws IOException {
        try (plain) {
            byte[] part = new byte[PART_BYTES];
            for (int count = plain.read(part); count >= 0; count = plain.read(part)) {
                if (out.size() + count > most) {
                    throw tooLarge(most);
                }
                out.put(part, 0, count);
            }
        }
    }

    private static void snappy(byte[] block, ByteSink out, int most) throws DamagedFileException {
        int end = block.length - CHECKSUM_BYTES;
        if (end < 0) {
            throw new DamagedFileException("its checksum lacks");
        }
        Snappy.decompress(block, end, out, most);
        CRC32 checksum = new CRC32();
        checksum.update(out.bytes(), 0, out.size());
        long stored = 0;
        for (int i = end; i < block.length; i++) {
            stored = (stored << 8) | (block[i] & 0xFF);
        }
        if (stored != checksum.getValue()) {
            throw new DamagedFileException("its checksum is wrong");
        }
    }

    static ProblemException tooLarge(int most) {
        return Problem.of("E_FILE_BLOCK_SIZE", ProblemKind.RESOURCE, "a block of the Avro file is very large")
                .because("it has more than " + most + " bytes, and a block has to be held in memory")
                .fix("write the file with smaller blocks, or raise `max_record_bytes`")
                .exception();
    }
}
