// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { useAction } from '../../app/client';
import { ProblemNotice } from '../../app/problem';
import { Button, Heading } from '../../ui/elements';
import { useTexts } from '../../ui/language';
import { type Scan, scanUrl } from '../api';
import { texts } from '../texts';

/** Sharing the settled result with the council, or no longer: what its members then see. */
export function CouncilSharing({ scan }: { scan: Scan }) {
  const words = useTexts(texts);
  const share = useAction<object>('POST', scanUrl(scan.id, '/council-sharing'), ['/api/v1/scans']);
  return (
    <div className="bp-note bp-screen">
      <Heading level={3}>{words.council_title}</Heading>
      <p className="bp-small">{scan.sharedWithCouncil ? words.council_shared : words.council_text}</p>
      {share.problem && <ProblemNotice problem={share.problem} />}
      <div className="bp-actions bp-gap">
        <Button small busy={share.busy} onClick={() => void share.run({ shared: !scan.sharedWithCouncil }, { ifMatch: `"v${scan.rowVersion}"` })}>
          {scan.sharedWithCouncil ? words.council_stop : words.council_share}
        </Button>
      </div>
    </div>
  );
}
