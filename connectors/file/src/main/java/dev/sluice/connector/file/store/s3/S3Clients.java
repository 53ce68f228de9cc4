package dev.sluice.connector.file.store.s3;

import dev.sluice.connector.file.store.S3Login;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of stores that speak S3. */
final class S3Clients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

    private S3Clients() {}

    static S3Client open(S3Login login) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(IDLE_TIMEOUT))
                .credentialsProvider(credentials(login))
                .region(region(login));
        String endpoint = login.endpoint();
        if (endpoint == null) {
            return builder.crossRegionAccessEnabled(true).build();
        }
        // Other servers know buckets as the first part of the path, and not all of Amazon's newer checksums.
        return builder.endpointOverride(uri(endpoint))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .build();
    }

    private static URI uri(String endpoint) {
        try {
            URI uri = URI.create(endpoint);
            if (uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // falls through: the message must not repeat what may hold a password
        }
        throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the endpoint is no web address")
                .at("s3_endpoint")
                .fix("write it like https://minio.example.com:9000")
                .exception();
    }

    private static AwsCredentialsProvider credentials(S3Login login) {
        String id = login.keyId();
        String secret = login.secretKey();
        String token = login.sessionToken();
        if (id == null && secret == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        if (id == null || secret == null) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "a key of S3 has two parts")
                    .at(id == null ? "s3_access_key_id" : "s3_secret_access_key")
                    .fix("give both, or none to take those of the environment")
                    .exception();
        }
        return StaticCredentialsProvider.create(
                token == null
                        ? AwsBasicCredentials.create(id, secret)
                        : AwsSessionCredentials.create(id, secret, token));
    }

    private static Region region(S3Login login) {
        String region = login.region();
        if (region != null) {
            return Region.of(region);
        }
        if (login.endpoint() != null) {
            return Region.US_EAST_1;
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException nowhereSaid) {
            // The first answer tells where the bucket is.
            return Region.US_EAST_1;
        }
    }
}
