package dev.sluice.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.airbyte.api.Airbyte;
import com.airbyte.api.models.operations.CancelJobRequest;
import com.airbyte.api.models.operations.DeleteConnectionRequest;
import com.airbyte.api.models.operations.GetJobRequest;
import com.airbyte.api.models.operations.GetSourceRequest;
import com.airbyte.api.models.operations.ListJobsRequest;
import com.airbyte.api.models.operations.ListWorkspacesRequest;
import com.airbyte.api.models.operations.PatchConnectionRequest;
import com.airbyte.api.models.shared.ConnectionCreateRequest;
import com.airbyte.api.models.shared.ConnectionPatchRequest;
import com.airbyte.api.models.shared.ConnectionResponse;
import com.airbyte.api.models.shared.ConnectionSyncModeEnum;
import com.airbyte.api.models.shared.DestinationCreateRequest;
import com.airbyte.api.models.shared.JobCreateRequest;
import com.airbyte.api.models.shared.JobResponse;
import com.airbyte.api.models.shared.JobStatusEnum;
import com.airbyte.api.models.shared.JobTypeEnum;
import com.airbyte.api.models.shared.Security;
import com.airbyte.api.models.shared.SourceCreateRequest;
import com.airbyte.api.models.shared.StreamConfiguration;
import com.airbyte.api.models.shared.StreamConfigurations;
import dev.sluice.testkit.host.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK for Java of the public API. It is old: connectors are named in configurations, and the only credentials are tokens. */
@Tag("clients")
class JavaSdkTest {
    private static final long ENDLESS = 2_000_000_000L;

    @TempDir
    Path directory;

    @Test
    void setsUpRunsAndCancels() throws Exception {
        try (ClientHouse house = new ClientHouse(directory)) {
            Airbyte sdk = Airbyte.builder()
                    .setServerURL(house.place("host") + "/api/public/v1")
                    .setSecurity(new Security(house.place("token")))
                    .build();
            String workspace =
                    sdk.workspaces.listWorkspaces(new ListWorkspacesRequest()).workspacesResponse.data[0].workspaceId;

            ConnectionResponse few = connection(sdk, workspace, ClientHouse.FEW);
            assertThat(few.name).isEqualTo("By Java");
            ConnectionPatchRequest wish = new ConnectionPatchRequest().withPrefix("java_");
            ConnectionResponse patched = sdk.connections.patchConnection(
                            new PatchConnectionRequest(wish, few.connectionId))
                    .connectionResponse;
            assertThat(patched.prefix).isEqualTo("java_");
            assertThat(patched.configurations.streams).hasSize(1);
            JobResponse done = ended(sdk, begun(sdk, few));
            assertThat(done.status).isEqualTo(JobStatusEnum.SUCCEEDED);
            assertThat(done.rowsSynced).isEqualTo(ClientHouse.FEW);

            ConnectionResponse endless = connection(sdk, workspace, ENDLESS);
            JobResponse running = begun(sdk, endless);
            assertThat(sdk.jobs.createJob(new JobCreateRequest(endless.connectionId, JobTypeEnum.SYNC)).statusCode)
                    .as("a second run beside the first")
                    .isEqualTo(409);
            assertThat(sdk.jobs.cancelJob(new CancelJobRequest(running.jobId)).statusCode)
                    .isEqualTo(200);
            assertThat(ended(sdk, running).status).isEqualTo(JobStatusEnum.CANCELLED);
            assertThat(sdk.jobs.listJobs(new ListJobsRequest(endless.connectionId)).jobsResponse.data)
                    .extracting(job -> job.jobId)
                    .containsExactly(running.jobId);
            assertThat(sdk.connections.deleteConnection(new DeleteConnectionRequest(few.connectionId)).statusCode)
                    .isEqualTo(204);
        }
    }

    private ConnectionResponse connection(Airbyte sdk, String workspace, long rows) throws Exception {
        String source = sdk.sources.createSource(new SourceCreateRequest(
                        Map.of("sourceType", "sample", "count", rows), "By Java " + rows, workspace))
                .sourceResponse
                .sourceId;
        assertThat(sdk.sources.getSource(new GetSourceRequest(source)).sourceResponse.sourceType)
                .isEqualTo("sample");
        Map<String, String> lake = Map.of(
                "destinationType",
                "sqlite",
                "path",
                directory.resolve(rows + ".sqlite").toString());
        String destination = sdk.destinations.createDestination(
                        new DestinationCreateRequest(lake, "By Java " + rows, workspace))
                .destinationResponse
                .destinationId;
        StreamConfiguration users =
                new StreamConfiguration("users").withSyncMode(ConnectionSyncModeEnum.FULL_REFRESH_OVERWRITE);
        StreamConfigurations chosen = new StreamConfigurations().withStreams(new StreamConfiguration[] {users});
        return sdk.connections.createConnection(new ConnectionCreateRequest(destination, source)
                        .withName("By Java")
                        .withConfigurations(chosen))
                .connectionResponse;
    }

    private static JobResponse begun(Airbyte sdk, ConnectionResponse connection) throws Exception {
        return sdk.jobs.createJob(new JobCreateRequest(connection.connectionId, JobTypeEnum.SYNC)).jobResponse;
    }

    private static JobResponse ended(Airbyte sdk, JobResponse job) {
        Callable<JobResponse> now = () -> sdk.jobs.getJob(new GetJobRequest(job.jobId)).jobResponse;
        Await.until("the end of the job", Duration.ofMinutes(1), () -> isEnd(told(now).status));
        return told(now);
    }

    private static boolean isEnd(JobStatusEnum status) {
        return status != JobStatusEnum.PENDING && status != JobStatusEnum.RUNNING;
    }

    private static <T> T told(Callable<T> asked) {
        try {
            return asked.call();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
