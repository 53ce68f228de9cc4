package dev.sluice.connector.file.store.azure;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.BlockBlobClient;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets the store copy a blob; the copy appears as a whole. */
final class AzureCopy {
    /** What is copied by one request. */
    static final long USUAL_BLOCK = 256L << 20;

    private static final int MINUTES = 60;

    private final @Nullable String sas;
    private final long block;

    /**
     * Makes copies.
     *
     * @param sas the token that the client was given; null if it has a key or nothing
     * @param block the most bytes of a request
     */
    AzureCopy(@Nullable String sas, long block) {
        this.sas = sas;
        this.block = block;
    }

    void copy(BlobClient from, BlobClient to) {
        long size = from.getProperties().getBlobSize();
        String source = readable(from);
        if (size <= block) {
            to.copyFromUrl(source);
            return;
        }
        BlockBlobClient target = to.getBlockBlobClient();
        List<String> blocks = new ArrayList<>();
        for (long at = 0; at < size; at += block) {
            String name = Base64.getEncoder()
                    .encodeToString(String.format("%08d", blocks.size()).getBytes(StandardCharsets.US_ASCII));
            target.stageBlockFromUrl(name, source, new BlobRange(at, Math.min(block, size - at)));
            blocks.add(name);
        }
        target.commitBlockList(blocks, true);
    }

    /** The address of a blob with the right to read it for a while, which the store needs even for its own blobs. */
    private String readable(BlobClient from) {
        String url = from.getBlobUrl();
        if (sas != null) {
            return url + (sas.startsWith("?") ? sas : "?" + sas);
        }
        try {
            return url + "?"
                    + from.generateSas(new BlobServiceSasSignatureValues(
                            OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(MINUTES),
                            new BlobSasPermission().setReadPermission(true)));
        } catch (IllegalArgumentException | IllegalStateException | NullPointerException noKey) {
            return url;
        }
    }
}
