package dev.sluice.connector.file.store.s3;

import dev.sluice.connector.file.bytes.BlockInput;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.S3Login;
import dev.sluice.connector.file.store.StoreProblems;
import dev.sluice.connector.file.store.StoredObject;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of a store that speaks S3. */
public final class S3Store implements ObjectStore {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int CONDITION_FAILED = 412;

    private final S3Client client;
    private final String bucket;
    private final S3Parts parts;

    S3Store(S3Client client, String bucket, S3Parts parts) {
        this.client = client;
        this.bucket = bucket;
        this.parts = parts;
    }

    /** Opens a bucket; nothing is asked of it yet. */
    public static S3Store open(String bucket, S3Login login) {
        S3Client client = S3Clients.open(login);
        return new S3Store(client, bucket, new S3Parts(client, bucket, S3Parts.USUAL));
    }

    @Override
    public String address() {
        return "s3://" + bucket;
    }

    private <T> T ask(String where, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException failure) {
            throw problem(where, failure).exception(failure);
        }
    }

    private Problem problem(String where, SdkException failure) {
        if (failure instanceof S3Exception answer) {
            String why = answer.awsErrorDetails() == null
                    ? "status " + answer.statusCode()
                    : answer.awsErrorDetails().errorCode() + ": "
                            + answer.awsErrorDetails().errorMessage();
            boolean noBucket = answer.awsErrorDetails() != null
                    && "NoSuchBucket".equals(answer.awsErrorDetails().errorCode());
            return switch (answer.statusCode()) {
                case 401, 403 -> StoreProblems.denied(where, why);
                case NOT_FOUND ->
                    noBucket
                            ? StoreProblems.noBucket(address())
                            : Problem.of("E_FILE_NOT_FOUND", ProblemKind.CONFIG, "there is no such file")
                                    .at(where);
                default -> StoreProblems.failed(where, why);
            };
        }
        String words = String.valueOf(failure.getMessage());
        return failure instanceof SdkClientException && words.contains("credentials")
                ? StoreProblems.denied(
                        where, "no credentials were found: give s3_access_key_id, or those of the environment")
                : StoreProblems.unreachable(where, words);
    }

    /** What a call gives; empty if the object is not there. */
    private <T> Optional<T> find(String key, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (S3Exception answer) {
            ProblemException problem = problem(addressOf(key), answer).exception(answer);
            if (problem.problem().code().equals("E_FILE_NOT_FOUND")) {
                return Optional.empty();
            }
            throw problem;
        } catch (SdkException failure) {
            throw problem(addressOf(key), failure).exception(failure);
        }
    }

    @Override
    public Page list(String prefix, String after) {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix);
        if (!after.isEmpty()) {
            request.continuationToken(after);
        }
        ListObjectsV2Response page = ask(addressOf(prefix), () -> client.listObjectsV2(request.build()));
        List<StoredObject> objects =
                page.contents().stream().flatMap(S3Store::described).toList();
        return new Page(objects, Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : "");
    }

    /** An object without a version is one that a server is about to write, so it is not there yet. */
    private static Stream<StoredObject> described(S3Object object) {
        return object.eTag() == null
                ? Stream.empty()
                : Stream.of(new StoredObject(object.key(), object.size(), nanos(object.lastModified()), object.eTag()));
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L;
    }

    @Override
    public Optional<StoredObject> head(String key) {
        Optional<HeadObjectResponse> head = find(
                key, () -> client.headObject(request -> request.bucket(bucket).key(key)));
        return head.filter(there -> there.eTag() != null)
                .map(there -> new StoredObject(key, there.contentLength(), nanos(there.lastModified()), there.eTag()));
    }

    @Override
    public InputStream open(StoredObject object, long from) throws IOException {
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(object.key())
                .ifMatch(object.version())
                .range("bytes=" + from + "-")
                .build();
        try {
            return new Aborting(client.getObject(request));
        } catch (S3Exception answer) {
            int status = answer.statusCode();
            if (status == NOT_FOUND || status == CONDITION_FAILED) {
                throw StoreProblems.changed(addressOf(object.key())).exception(answer);
            }
            throw problem(addressOf(object.key()), answer).exception(answer);
        } catch (SdkClientException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    @Override
    public Optional<Content> read(String key, int maxBytes) {
        return find(
                        key,
                        () -> client.getObject(request -> request.bucket(bucket).key(key)))
                .filter(there -> there.response().eTag() != null)
                .map(there -> content(key, there, maxBytes));
    }

    private Content content(String key, ResponseInputStream<GetObjectResponse> there, int maxBytes) {
        try (InputStream input = new Aborting(there)) {
            return new Content(input.readNBytes(maxBytes), there.response().eTag());
        } catch (IOException broken) {
            throw StoreProblems.failed(addressOf(key), broken.getMessage()).exception(broken);
        }
    }

    @Override
    public Optional<String> put(String key, byte[] content, String expected) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key);
        if (expected.isEmpty()) {
            request.ifNoneMatch("*");
        } else {
            request.ifMatch(expected);
        }
        try {
            return Optional.ofNullable(client.putObject(request.build(), RequestBody.fromBytes(content))
                    .eTag());
        } catch (S3Exception answer) {
            int status = answer.statusCode();
            boolean goneInstead = status == NOT_FOUND && !expected.isEmpty();
            if (status == CONDITION_FAILED || goneInstead || (status == CONFLICT && isAnother(key, expected))) {
                return Optional.empty();
            }
            throw problem(addressOf(key), answer).exception(answer);
        } catch (SdkException failure) {
            // A server that refuses early may end the connection before its answer is read.
            if (isAnother(key, expected)) {
                return Optional.empty();
            }
            throw problem(addressOf(key), failure).exception(failure);
        }
    }

    private boolean isAnother(String key, String expected) {
        return !head(key).map(StoredObject::version).orElse("").equals(expected);
    }

    @Override
    public void upload(String key, Path file) {
        ask(addressOf(key), () -> {
            parts.upload(key, file);
            return true;
        });
    }

    @Override
    public void download(String key, Path file) {
        try (InputStream input = new Aborting(ask(
                addressOf(key),
                () -> client.getObject(request -> request.bucket(bucket).key(key))))) {
            Files.copy(input, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            throw StoreProblems.failed(addressOf(key), broken.getMessage()).exception(broken);
        }
    }

    @Override
    public void copy(String from, String to) {
        ask(addressOf(to), () -> {
            long size = client.headObject(request -> request.bucket(bucket).key(from))
                    .contentLength();
            parts.copy(from, to, size);
            return true;
        });
    }

    @Override
    public void delete(String key) {
        ask(
                addressOf(key),
                () -> client.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    @Override
    public void abortUploads(String prefix) {
        ask(addressOf(prefix), () -> {
            ListMultipartUploadsResponse unfinished = client.listMultipartUploads(
                    request -> request.bucket(bucket).prefix(prefix));
            for (MultipartUpload upload : unfinished.uploads()) {
                if (upload.key().startsWith(prefix)) {
                    parts.abort(upload.key(), upload.uploadId());
                }
            }
            return true;
        });
    }

    @Override
    public void close() {
        client.close();
    }

    /** Closing a response reads it to its end, however much that is; this one lets go of the connection instead. */
    private static final class Aborting extends BlockInput {
        private final ResponseInputStream<GetObjectResponse> response;
        private boolean ended;

        Aborting(ResponseInputStream<GetObjectResponse> response) {
            this.response = response;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = response.read(target, offset, length);
            ended |= count < 0;
            return count;
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                response.close();
            } else {
                response.abort();
            }
        }
    }
}
