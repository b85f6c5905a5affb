package org.vauban.hub;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.vauban.control.PostgresqlServer;
import org.vauban.custodian.CustodianAddress;
import org.vauban.ledger.policy.Policy;
import org.vauban.provider.ProviderSettings;

/**
 * What a hub is told at its start; flag beats environment beats {@code vauban.yaml} beats default.
 *
 * @param custodian where the keys are
 * @param ledger the folder of the log, if it is to be on another disk; asked of a new home only
 * @param memory so many bytes may rows take while an edition is made; when nothing is said, what the machine has
 * @param database where the control plane is: {@code postgresql://USER@HOST/DATABASE}, or {@value #FILE}; when nothing is said, the server that
 *     the home was made with, else a file in HOME
 * @param witnesses who must have cosigned before a permit is active and an output public, and where they are asked
 * @param provider who vouches for people, if anybody does
 * @param clock the time
 */
public record HubConfiguration(
        CustodianAddress custodian,
        Optional<Path> ledger,
        OptionalLong memory,
        Optional<String> database,
        Policy witnesses,
        Optional<ProviderSettings> provider,
        Clock clock) {

    /** The word for a file in HOME, also where the home was made with a server: a second copy holds all rows in one. */
    public static final String FILE = "file";

    /** Refuses an address that names no database. */
    public HubConfiguration {
        onServer(database).ifPresent(PostgresqlServer::new);
    }

    /** The address of a server, unless a file is meant. */
    static Optional<String> onServer(Optional<String> database) {
        return database.filter(address -> !address.equals(FILE));
    }

    /** The server that has the control plane of the hub in a folder, if one has, from what is said now and what the home remembers. */
    public static Optional<String> server(Path home, Optional<String> said) {
        return onServer(said.or(() -> Home.settings(home).flatMap(Home.Settings::database)));
    }

    /** A hub whose control plane is a file, that asks no witness, and signs its people in itself. */
    public HubConfiguration(CustodianAddress custodian, Optional<Path> ledger, OptionalLong memory, Clock clock) {
        this(custodian, ledger, memory, Policy.NOBODY, clock);
    }

    /** Asks the server of that address whether it is one for a hub; a hub that works with it is not disturbed. */
    public static void requireDatabase(String address) {
        new PostgresqlServer(address).requireSuitable();
    }

    /** A hub whose control plane is a file, and that signs its people in itself. */
    public HubConfiguration(
            CustodianAddress custodian, Optional<Path> ledger, OptionalLong memory, Policy witnesses, Clock clock) {
        this(custodian, ledger, memory, Optional.empty(), witnesses, Optional.empty(), clock);
    }

    /** The custodian's socket in the folder beside HOME: what {@code demo} starts, and what is looked for when nothing is said. */
    public static CustodianAddress besideHome(Path home) {
        return new CustodianAddress.Unix(custodianFolder(home).resolve("custodian.sock"));
    }

    /** The custodian's own folder, beside HOME and never under it. */
    public static Path custodianFolder(Path home) {
        Path absolute = home.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + "-custodian");
    }

    /** The identity zone's own folder, beside HOME and never under it. */
    public static Path identityFolder(Path home) {
        Path absolute = home.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + "-identity");
    }
}
