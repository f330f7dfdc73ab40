/** Guard: BitLocker encrypts the volume, and another machine's TPM does not release its key. */
import { type Guard, notChecked, warnedWhen } from "./guard.ts";

export const bitLocker: Guard = {
  name: "bitlocker",
  needs: "volume",
  look: (volume) =>
    volume.bitLocker.checked
      ? warnedWhen(
          volume.bitLocker.encrypted
            ? "BitLocker encrypts the image's volume, which is unlocked now: where a TPM protects its key, another machine's does not release it, and Windows asks for the recovery key at its first start there. Have it at hand, or suspend protection first (manage-bde -protectors -disable X:)"
            : undefined,
        )
      : notChecked("Whether BitLocker encrypts the image's volume", volume.bitLocker),
  refusal: null,
};
