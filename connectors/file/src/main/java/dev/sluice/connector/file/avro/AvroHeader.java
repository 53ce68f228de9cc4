package dev.sluice.connector.file.avro;

import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * What stands at the beginning of an Avro file.
 *
 * @param schema the type of its records
 * @param codec how its blocks are compressed
 * @param sync what ends each block
 * @param length the bytes of the header
 */
public record AvroHeader(Schema schema, AvroCodec codec, ByteBuffer sync, long length) {
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};

    static final int SYNC_BYTES = 16;

    /** The property of a field that holds the name that it would have if Avro allowed it. */
    public static final String NAME_PROPERTY = "sluice.name";

    private static final int MOST_BYTES = 16 << 20;

    /**
     * Reads the header of a file.
     *
     * @param input the file from its beginning; stands behind the header afterwards
     * @throws DamagedFileException if it is none
     */
    public static AvroHeader read(InputStream input) throws IOException {
        Counted counted = new Counted(input);
        if (!Arrays.equals(counted.bytes(MAGIC.length), MAGIC)) {
            throw new DamagedFileException("it does not begin as an Avro file does");
        }
        Map<String, byte[]> entries = new HashMap<>();
        for (long count = counted.whole(); count != 0; count = counted.whole()) {
            if (count < 0) {
                counted.whole(); // the bytes of what follows, for those who skip it
            }
            for (long i = 0; i < Math.abs(count); i++) {
                String key = new String(counted.bytes(counted.whole()), StandardCharsets.UTF_8);
                entries.put(key, counted.bytes(counted.whole()));
            }
        }
        byte[] sync = counted.bytes(SYNC_BYTES);
        byte[] schema = entries.get("avro.schema");
        if (schema == null) {
            throw new DamagedFileException("its header names no schema");
        }
        byte[] codec = entries.getOrDefault("avro.codec", new byte[0]);
        return new AvroHeader(
                parsed(new String(schema, StandardCharsets.UTF_8)),
                AvroCodec.named(new String(codec, StandardCharsets.UTF_8)),
                ByteBuffer.wrap(sync).asReadOnlyBuffer(),
                counted.count);
    }

    /** The bytes with which each file begins. */
    public static byte[] magic() {
        return MAGIC.clone();
    }

    private static Schema parsed(String json) throws DamagedFileException {
        try {
            return new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(json);
        } catch (AvroRuntimeException invalid) {
            throw new DamagedFileException("its schema cannot be read: " + invalid.getMessage());
        } catch (StackOverflowError tooDeep) {
            throw Problem.of("E_FILE_FORMAT", ProblemKind.DATA, "the schema of the Avro file is nested too deeply")
                    .exception(tooDeep);
        }
    }

    /** Reads and counts, with a limit. */
    private static final class Counted {
        private final InputStream input;
        private long count;

        Counted(InputStream input) {
            this.input = input;
        }

        byte[] bytes(long wanted) throws IOException {
            if (wanted < 0 || count + wanted > MOST_BYTES) {
                throw new DamagedFileException("its header claims to be longer than " + MOST_BYTES + " bytes");
            }
            byte[] bytes = input.readNBytes((int) wanted);
            if (bytes.length < wanted) {
                throw new DamagedFileException("it ends in the middle of its header");
            }
            count += wanted;
            return bytes;
        }

        long whole() throws IOException {
            return AvroBytes.whole(() -> bytes(1)[0]);
        }
    }
}
