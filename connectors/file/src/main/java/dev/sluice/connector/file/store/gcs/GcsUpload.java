package dev.sluice.connector.file.store.gcs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/** Sends a file part by part, and goes on where the store says it ended; the object appears with the last part. */
final class GcsUpload {
    private static final int INCOMPLETE = 308;
    private static final int MOST_BREAKS_WITHOUT_PROGRESS = 4;

    private final GcsRequests requests;
    private final String where;
    private final int partBytes;

    GcsUpload(GcsRequests requests, String where, int partBytes) {
        this.requests = requests;
        this.where = where;
        this.partBytes = partBytes;
    }

    /** Sends a file, and returns the answer that ended it: that it is there, or why not. */
    HttpResponse<byte[]> send(String key, Path file) throws IOException {
        HttpResponse<byte[]> begun = requests.ask(
                where,
                () -> requests.of(requests.uploads(), Map.of("uploadType", "resumable", "name", key))
                        .header("X-Upload-Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.noBody()));
        String location = begun.headers().firstValue("Location").orElse("");
        if (begun.statusCode() != 200 || location.isEmpty()) {
            return begun;
        }
        URI session = URI.create(location);
        if (!requests.isOurs(session)) {
            throw new IOException("the store wants the file to be sent to " + session.getHost());
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return send(session, channel, channel.size());
        }
    }

    private HttpResponse<byte[]> send(URI session, FileChannel file, long size) throws IOException {
        long at = 0;
        int breaks = 0;
        while (true) {
            HttpResponse<byte[]> response;
            try {
                response = part(session, file, at, size);
            } catch (IOException broken) {
                if (breaks >= MOST_BREAKS_WITHOUT_PROGRESS) {
                    throw broken;
                }
                response = null;
            }
            if (response == null || GcsHttp.isBusy(response.statusCode())) {
                breaks++;
                if (breaks > MOST_BREAKS_WITHOUT_PROGRESS && response != null) {
                    return response;
                }
                response = requests.ask(
                        where,
                        () -> HttpRequest.newBuilder(session)
                                .header("Content-Range", "bytes */" + size)
                                .PUT(HttpRequest.BodyPublishers.noBody()));
            }
            if (response.statusCode() != INCOMPLETE) {
                return response;
            }
            long there = behind(response);
            breaks = there > at ? 0 : breaks + 1;
            if (breaks > MOST_BREAKS_WITHOUT_PROGRESS) {
                throw new IOException("the store takes no more than " + there + " of " + size + " bytes");
            }
            at = there;
        }
    }

    private HttpResponse<byte[]> part(URI session, FileChannel file, long from, long size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(partBytes, size - from));
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("the file became shorter");
            }
        }
        long behind = from + bytes.capacity();
        String range = size == 0 ? "bytes */0" : "bytes " + from + "-" + (behind - 1) + "/" + size;
        return requests.once(
                where,
                () -> HttpRequest.newBuilder(session)
                        .header("Content-Range", range)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes.array())));
    }

    /** How much the store has. */
    private static long behind(HttpResponse<byte[]> response) {
        String range = response.headers().firstValue("Range").orElse("");
        int dash = range.lastIndexOf('-');
        return dash < 0 ? 0 : Long.parseLong(range.substring(dash + 1)) + 1;
    }
}
