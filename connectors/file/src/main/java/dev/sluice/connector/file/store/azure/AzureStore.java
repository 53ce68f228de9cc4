package dev.sluice.connector.file.store.azure;

import com.azure.core.exception.AzureException;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ConsistentReadControl;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.models.ParallelTransferOptions;
import com.azure.storage.blob.options.BlobInputStreamOptions;
import com.azure.storage.blob.options.BlobUploadFromFileOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlobInputStream;
import dev.sluice.connector.file.store.AzureLogin;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.StoreKind;
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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A container of a storage account in Azure; the version of a blob is its ETag. */
public final class AzureStore implements ObjectStore {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int CONDITION_FAILED = 412;
    private static final int READ_BYTES = 8 << 20;
    private static final long SENT_BYTES = 32L << 20;
    private static final int MOST_BLOCKS = 45_000;

    private final BlobContainerClient container;
    private final String address;
    private final AzureCopy copy;

    AzureStore(BlobContainerClient container, String address, AzureCopy copy) {
        this.container = container;
        this.address = address;
        this.copy = copy;
    }

    /**
     * Opens a container; nothing is asked of it yet.
     *
     * @param authority the container, with the host of its account behind an at sign as Hadoop writes it
     */
    public static AzureStore open(String authority, AzureLogin given) {
        AzureLogin login = AzureClients.completed(given, System::getenv);
        int at = authority.indexOf('@');
        BlobContainerClient container = AzureClients.open(authority, login)
                .getBlobContainerClient(at < 0 ? authority : authority.substring(0, at));
        return new AzureStore(
                container,
                StoreKind.AZURE.scheme() + "://" + authority,
                new AzureCopy(AzureClients.sas(login), AzureCopy.USUAL_BLOCK));
    }

    @Override
    public String address() {
        return address;
    }

    private BlobClient blob(String key) {
        return container.getBlobClient(key);
    }

    private <T> T ask(String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException failure) {
            throw problem(key, failure);
        }
    }

    private ProblemException problem(String key, RuntimeException failure) {
        String where = addressOf(key);
        if (failure instanceof ProblemException known) {
            return known;
        }
        if (failure instanceof BlobStorageException answer) {
            return answered(where, answer).exception(answer);
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        boolean network = cause instanceof IOException || failure instanceof AzureException;
        String words = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        Problem problem = network ? StoreProblems.unreachable(where, words) : StoreProblems.failed(where, words);
        return problem.exception(failure);
    }

    private Problem answered(String where, BlobStorageException answer) {
        String why = String.valueOf(answer.getErrorCode() == null ? answer.getStatusCode() : answer.getErrorCode());
        return switch (answer.getStatusCode()) {
            case 401, 403 -> StoreProblems.denied(where, why);
            case NOT_FOUND ->
                BlobErrorCode.CONTAINER_NOT_FOUND.equals(answer.getErrorCode())
                        ? StoreProblems.noBucket(address)
                        : Problem.of("E_FILE_NOT_FOUND", ProblemKind.CONFIG, "there is no such file")
                                .at(where);
            default -> StoreProblems.failed(where, why);
        };
    }

    /** What a call gives; empty if the blob is not there. */
    private <T> Optional<T> find(String key, Supplier<T> call) {
        try {
            return Optional.of(ask(key, call));
        } catch (ProblemException problem) {
            if (problem.problem().code().equals("E_FILE_NOT_FOUND")) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    @Override
    public Page list(String prefix, String after) {
        ListBlobsOptions options =
                new ListBlobsOptions().setPrefix(prefix).setDetails(new BlobListDetails().setRetrieveMetadata(true));
        return ask(prefix, () -> {
            PagedResponse<BlobItem> page = container
                    .listBlobs(options, after.isEmpty() ? null : after, null)
                    .iterableByPage()
                    .iterator()
                    .next();
            List<StoredObject> objects = page.getValue().stream()
                    .filter(item -> !isFolder(item.getMetadata()))
                    .map(AzureStore::described)
                    .toList();
            String next = page.getContinuationToken();
            return new Page(objects, next == null ? "" : next);
        });
    }

    /** Accounts with real folders list them too. */
    private static boolean isFolder(@Nullable Map<String, String> metadata) {
        return metadata != null && "true".equals(metadata.get("hdi_isfolder"));
    }

    private static StoredObject described(BlobItem item) {
        return new StoredObject(
                item.getName(),
                item.getProperties().getContentLength(),
                nanos(item.getProperties().getLastModified()),
                version(item.getProperties().getETag()));
    }

    private static StoredObject described(String key, BlobProperties blob) {
        return new StoredObject(key, blob.getBlobSize(), nanos(blob.getLastModified()), version(blob.getETag()));
    }

    private static long nanos(OffsetDateTime time) {
        return time.toEpochSecond() * 1_000_000_000L;
    }

    /** It stands in quotes in the header of an answer, and without them in a list. */
    private static String version(String etag) {
        return etag.replace("\"", "");
    }

    private static BlobRequestConditions only(String version) {
        return new BlobRequestConditions().setIfMatch("\"" + version + "\"");
    }

    @Override
    public Optional<StoredObject> head(String key) {
        return find(key, () -> described(key, blob(key).getProperties()));
    }

    @Override
    public InputStream open(StoredObject object, long from) throws IOException {
        BlobInputStreamOptions options = new BlobInputStreamOptions()
                .setRange(new BlobRange(from))
                .setBlockSize(READ_BYTES)
                .setConsistentReadControl(ConsistentReadControl.NONE)
                .setRequestConditions(only(object.version()));
        try {
            return blob(object.key()).openInputStream(options);
        } catch (BlobStorageException answer) {
            int status = answer.getStatusCode();
            if (status == NOT_FOUND || status == CONDITION_FAILED) {
                throw StoreProblems.changed(addressOf(object.key())).exception(answer);
            }
            throw problem(object.key(), answer);
        } catch (RuntimeException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    @Override
    public Optional<Content> read(String key, int maxBytes) {
        return find(key, () -> {
            try (BlobInputStream input = blob(key).openInputStream()) {
                return new Content(
                        input.readNBytes(maxBytes),
                        version(input.getProperties().getETag()));
            } catch (IOException broken) {
                throw StoreProblems.failed(addressOf(key), broken.getMessage()).exception(broken);
            }
        });
    }

    @Override
    public Optional<String> put(String key, byte[] content, String expected) {
        BlobRequestConditions condition =
                expected.isEmpty() ? new BlobRequestConditions().setIfNoneMatch("*") : only(expected);
        BlockBlobSimpleUploadOptions options =
                new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(content)).setRequestConditions(condition);
        try {
            return Optional.of(version(blob(key)
                    .getBlockBlobClient()
                    .uploadWithResponse(options, null, Context.NONE)
                    .getValue()
                    .getETag()));
        } catch (BlobStorageException answer) {
            int status = answer.getStatusCode();
            boolean gone = BlobErrorCode.BLOB_NOT_FOUND.equals(answer.getErrorCode()) && !expected.isEmpty();
            if (status == CONDITION_FAILED || status == CONFLICT || gone) {
                return Optional.empty();
            }
            throw problem(key, answer);
        } catch (RuntimeException failure) {
            throw problem(key, failure);
        }
    }

    @Override
    public void upload(String key, Path file) {
        long size = file.toFile().length();
        BlobUploadFromFileOptions options = new BlobUploadFromFileOptions(file.toString())
                .setParallelTransferOptions(new ParallelTransferOptions()
                        .setMaxConcurrency(1)
                        .setMaxSingleUploadSizeLong(SENT_BYTES)
                        .setBlockSizeLong(Math.max(SENT_BYTES, Math.ceilDiv(size, MOST_BLOCKS))));
        ask(key, () -> blob(key).uploadFromFileWithResponse(options, null, Context.NONE));
    }

    @Override
    public void download(String key, Path file) {
        // The library's own way cleans up behind a failure when the next attempt may have begun.
        ask(key, () -> {
            try (InputStream input = blob(key).openInputStream(new BlobInputStreamOptions().setBlockSize(READ_BYTES))) {
                return Files.copy(input, file, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException broken) {
                throw StoreProblems.failed(addressOf(key), broken.getMessage()).exception(broken);
            }
        });
    }

    @Override
    public void copy(String from, String to) {
        ask(to, () -> {
            copy.copy(blob(from), blob(to));
            return true;
        });
    }

    @Override
    public void delete(String key) {
        ask(
                key,
                () -> blob(key)
                        .deleteIfExistsWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE));
    }

    @Override
    public void abortUploads(String prefix) {
        // Blocks that never became part of a blob are seen by nobody, and Azure deletes them after a week.
    }

    @Override
    public void close() {
        // A client holds nothing that has to be given back.
    }
}
