package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.vauban.custodian.CustodianAddress;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import picocli.CommandLine.Option;

/** Which hub: its folder, its custodian, its log. A flag beats the environment, which beats {@code HOME/vauban.yaml}. */
public final class HomeOptions {
    @Option(names = "--home", paramLabel = "DIR")
    String home = "";

    @Option(names = "--custodian", paramLabel = "unix:PATH")
    String custodian = "";

    @Option(names = "--ledger", paramLabel = "DIR")
    String ledger = "";

    public Path home(Call call) {
        return call.resolve(Path.of(setting(call).home().value()));
    }

    public CustodianAddress custodian(Call call) {
        String address = setting(call).custodian().value();
        try {
            return CustodianAddress.parse(address);
        } catch (IllegalArgumentException wrong) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "--custodian")
                    .expected("unix:PATH")
                    .found(address)
                    .exception(wrong);
        }
    }

    public Optional<Path> ledger(Call call) {
        return Optional.of(setting(call).ledger().value())
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .map(call::resolve);
    }

    Settings setting(Call call) {
        return Settings.resolve(call.terminal(), home, custodian, ledger);
    }
}
