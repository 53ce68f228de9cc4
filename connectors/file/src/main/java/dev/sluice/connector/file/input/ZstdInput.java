package dev.sluice.connector.file.input;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import dev.sluice.connector.file.bytes.BlockInput;
import java.io.IOException;
import java.io.InputStream;

/** Decompresses zstd (RFC 8878), all frames of a file one after the other, and says where it is damaged that it is. */
final class ZstdInput extends BlockInput {
    private final ZstdInputStream frames;

    ZstdInput(InputStream raw) throws IOException {
        frames = new ZstdInputStream(raw);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return frames.read(target, offset, length);
        } catch (ZstdIOException damaged) {
            throw new DamagedFileException("the zstd data cannot be decompressed: " + damaged.getMessage(), damaged);
        }
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
