package dev.sluice.connector.file.store.s3;

import dev.sluice.connector.file.bytes.BoundedInput;
import dev.sluice.connector.file.store.StoreProblems;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Writes objects in one piece, or in parts where they are large; no part stands in memory. */
final class S3Parts {
    /** A bucket takes 10,000 parts an object, each of 5 MiB or more but the last, and copies 5 GiB at once. */
    static final Sizes USUAL = new Sizes(32L << 20, 4L << 30);

    private static final int MOST_PARTS = 9_000;

    private final S3Client client;
    private final String bucket;
    private final Sizes sizes;

    /**
     * How large parts are.
     *
     * @param uploaded the bytes of a part that is sent
     * @param copied the bytes of a part that the store copies by itself
     */
    record Sizes(long uploaded, long copied) {}

    S3Parts(S3Client client, String bucket, Sizes sizes) {
        this.client = client;
        this.bucket = bucket;
        this.sizes = sizes;
    }

    void upload(String key, Path file) {
        long size = file.toFile().length();
        if (size <= sizes.uploaded()) {
            client.putObject(request -> request.bucket(bucket).key(key), body(file, 0, size));
            return;
        }
        inParts(
                key,
                size,
                sizes.uploaded(),
                (upload, number, from, to) -> client.uploadPart(
                                request -> request.bucket(bucket)
                                        .key(key)
                                        .uploadId(upload)
                                        .partNumber(number),
                                body(file, from, to))
                        .eTag());
    }

    private static RequestBody body(Path file, long from, long to) {
        // It is asked for once to be summed up, once to be sent, and again where sending is tried again.
        ContentStreamProvider part = () -> {
            try {
                FileChannel channel = FileChannel.open(file);
                channel.position(from);
                return new BoundedInput(Channels.newInputStream(channel), to - from);
            } catch (IOException failure) {
                throw StoreProblems.failed(file.toString(), failure.getMessage())
                        .exception(failure);
            }
        };
        return RequestBody.fromContentProvider(part, to - from, "application/octet-stream");
    }

    void copy(String from, String to, long size) {
        if (size <= sizes.copied()) {
            client.copyObject(request -> request.sourceBucket(bucket)
                    .sourceKey(from)
                    .destinationBucket(bucket)
                    .destinationKey(to));
            return;
        }
        inParts(
                to,
                size,
                sizes.copied(),
                (upload, number, first, behind) -> client.uploadPartCopy(request -> request.sourceBucket(bucket)
                                .sourceKey(from)
                                .destinationBucket(bucket)
                                .destinationKey(to)
                                .uploadId(upload)
                                .partNumber(number)
                                .copySourceRange("bytes=" + first + "-" + (behind - 1)))
                        .copyPartResult()
                        .eTag());
    }

    /** Brings a part to the store, and returns what the store calls it. */
    private interface PartOf {
        String bring(String upload, int number, long from, long to);
    }

    private void inParts(String key, long size, long partBytes, PartOf part) {
        long bytes = Math.max(partBytes, Math.ceilDiv(size, MOST_PARTS));
        String upload = client.createMultipartUpload(
                        request -> request.bucket(bucket).key(key))
                .uploadId();
        boolean complete = false;
        try {
            List<CompletedPart> done = new ArrayList<>();
            for (long from = 0; from < size; from += bytes) {
                int number = done.size() + 1;
                String tag = part.bring(upload, number, from, Math.min(size, from + bytes));
                done.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            }
            client.completeMultipartUpload(request ->
                    request.bucket(bucket).key(key).uploadId(upload).multipartUpload(parts -> parts.parts(done)));
            complete = true;
        } finally {
            if (!complete) {
                abort(key, upload);
            }
        }
    }

    void abort(String key, String upload) {
        client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    }
}
