package dev.sluice.connector.file.places;

import dev.sluice.connector.file.store.AzureLogin;
import dev.sluice.connector.file.store.GcsLogin;
import dev.sluice.connector.file.store.S3Login;
import dev.sluice.connector.file.store.SftpLogin;

/**
 * How to reach the stores; each kind has its own.
 *
 * @param s3 stores that speak S3
 * @param azure stores of Azure
 * @param gcs stores of Google
 * @param sftp the files of SSH servers
 */
public record StoreLogins(S3Login s3, AzureLogin azure, GcsLogin gcs, SftpLogin sftp) {}
