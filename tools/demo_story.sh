# SPDX-License-Identifier: GPL-3.0-or-later
# The story of tools/dev_demo.sh, which sources this: an achievement goes out to enterprises, a visit brings a need home, and
# what stands answers it. Uses say, show, BIN and FOLDER of the caller; documents go to $DOCUMENTS.

# The first resource name of a collection in JSON output: name_in COLLECTION < json
name_in() { grep -o "\"name\": *\"$1/[^\"]*\"" | head -n 1 | sed 's/.*"\([^"]*\)"$/\1/'; }
# Runs a command quietly and prints the name that it answered with: made COLLECTION ARGUMENTS...
made() {
  local collection=$1
  shift
  "$BIN/duijie" --json "$@" | name_in "$collection"
}
enterprise_named() { "$BIN/duijie" --json list enterprises --limit 1000 | grep "\"title\": *\"$1\"" | name_in enterprises; }

process_and_publish() {
  say "六、二次加工：专家把成果写成企业看得懂的样子，另一人签发后发布"
  # Else standing push may be quicker with one of the three enterprises than the campaign's approval.
  "$BIN/duijie" push standing settings --enabled off >/dev/null
  local story=data/samples/story colleague processing
  ACHIEVEMENT=$(made achievements create achievements --file $story/achievement.json)
  processing=$(made processings processing create "$ACHIEVEMENT" --expert "陆某川 衡水市技术转移中心" \
    --set "problem_solved=织网时断丝、跳丝靠挡车工目检，夜班漏检多，一卷网到客户手里才发现。" \
    --set "economic_comparison=目前一人看两台，漏检率约8%；装上后一人看六台，漏检率低于1%，每台每年少退货约3万元。" \
    --set "taker_requirements=织网机卷取端留出40厘米，车间有380V电源和网络。" \
    --indicator "检测速度≥12米/分钟" --indicator "漏检率≤1%" \
    --evidence "problem_solved=三家织网厂的走访记录" --evidence "economic_comparison=试用厂2026年3月至8月的退货台账" \
    --evidence "taker_requirements=安装手册第4节" --evidence "indicators=试用报告第2页")
  show processing diff "$processing"
  show processing submit "$processing"
  colleague=$("$BIN/duijie" --json admin key create --title "复核人" --role 工作人员 --all-parks |
    sed -n 's/.*"secret": *"\([^"]*\)".*/\1/p')
  DUIJIE_KEY=$colleague show processing sign "$processing"
  "$BIN/duijie" processing document "$processing" -o "$DOCUMENTS/成果二次加工单.html"
  show submit "$ACHIEVEMENT"
  show publish "$ACHIEVEMENT"
  show publication add "$ACHIEVEMENT" --audience 安平丝网企业 --channel 平台门户
  "$BIN/duijie" publication catalogue "$(date +%Y)" -o "$DOCUMENTS/年度科技成果发布目录.xlsx"
}

push_to_three() {
  say "七、定向推送：按规则列清单，批准后推给三家企业，各有理由"
  local campaign
  campaign=$(made campaigns campaign create "丝网检测专题推送" --on 企业画像 --subject-industry C3340 --subject-industry C17 \
    --achievement-source sample-story \
    --per-enterprise 1 --total 3 --min-level 弱相关)
  show campaign preview "$campaign"
  show campaign approve "$campaign"
  "$BIN/duijie" campaign export "$campaign" -o "$DOCUMENTS/分园区推送清单.xlsx"
  local weaver mill wanted unwanted
  VISITED=$(enterprise_named 安平翎织金属滤材有限公司)
  weaver=$(enterprise_named 安平绛云丝网制造有限公司)
  mill=$(enterprise_named 高阳絮岚纺织有限公司)
  wanted=$(made pushes push list --campaign "$campaign" --enterprise "$weaver")
  unwanted=$(made pushes push list --campaign "$campaign" --enterprise "$mill")
  show push show "$wanted"
  "$BIN/duijie" push read "$wanted" >/dev/null
  show push interest "$wanted"
  "$BIN/duijie" push read "$unwanted" >/dev/null
  show push decline "$unwanted" --reason 指标不达标 --text "我厂织机每分钟18米，检测速度跟不上"
  "$BIN/duijie" push letter "$VISITED" -o "$DOCUMENTS/定向推送函.docx" --sender 衡水市科学技术局
  "$BIN/duijie" push letter "$VISITED" -o "$DOCUMENTS/定向推送函.html" --sender 衡水市科学技术局
}

know_and_guess() {
  say "八、定向挖掘的准备：一企一档、重点企业名单、潜在需求"
  local selection guess
  show profile show "$VISITED"
  "$BIN/duijie" profile show "$VISITED" -o "$DOCUMENTS/一企一档.html"
  selection=$(made keyEnterpriseSelections profile select --title "丝网行业重点企业" --industry C33 --count 5)
  show profile selection "$selection"
  "$BIN/duijie" profile selection "$selection" -o "$DOCUMENTS/重点企业名单.xlsx"
  show profile replay "$selection"
  show latent propose "$VISITED"
  guess=$("$BIN/duijie" --json latent list --enterprise "$VISITED" | name_in latentNeeds)
  show latent put "$guess" --reason 走访时当面求证
}

visit_and_record() {
  say "九、定向挖掘：走访、简报、记录、签字"
  local expert person visit
  expert=$("$BIN/duijie" --json list experts --limit 1 | name_in experts)
  person=$("$BIN/duijie" --json get "$expert" | grep -o '"title": *"[^"]*"' | head -n 1 | sed 's/.*"\([^"]*\)"$/\1/')
  visit=$(made visits visit add "$VISITED" --expert "$expert" --date "$(date +%F)")
  "$BIN/duijie" visit brief "$visit" -o "$DOCUMENTS/走访前简报.html"
  "$BIN/duijie" visit agree "$visit" >/dev/null
  "$BIN/duijie" visit hold "$visit" >/dev/null
  show visit record "$visit" --answer "现在怎么检查断丝=人工灯检" --finding-file data/samples/story/visit_note.txt
  "$BIN/duijie" visit sign "$visit" --as 企业 --signer 屠某棠 >/dev/null
  show visit sign "$visit" --as 专家 --signer "$person"
  "$BIN/duijie" visit ledger "$(date +%Y)" -o "$DOCUMENTS/年度走访台账.xlsx"
  VISIT=$visit
}

note_to_need() {
  say "十、从记录到需求：读出指标和出处，由人确认"
  local draft
  draft=$(made needDrafts intake note --source 走访 --source-name "$VISIT" --enterprise "$VISITED" \
    --file data/samples/story/visit_note.txt)
  "$BIN/duijie" intake edit "$draft" --set type=技术难题 --set title=金属滤网断丝在线检测 >/dev/null
  show intake show "$draft"
  NEED=$("$BIN/duijie" --json intake confirm "$draft" | grep -o '"needs/[^"]*"' | head -n 1 | tr -d '"')
  "$BIN/duijie" edit "$NEED" --set deadline=2027-06-30 --set budget_max_wan_yuan=60 --set decision_owner=总经理 \
    --set consents.push=true >/dev/null
  show submit "$NEED"
}

clinic_and_diagnosis() {
  say "十一、需求门诊与诊断：问最能改变前十名的问题，补齐后判为有效"
  show clinic ask "$NEED"
  echo "# 只试，不写入："
  show clinic answer "$NEED" maturity 8 --trial
  show clinic answer "$NEED" cooperation LICENSE
  "$BIN/duijie" push standing settings --enabled on >/dev/null
  show need-diagnosis assess "$NEED" 有效
  "$BIN/duijie" need-diagnosis export "$NEED" --out "$DOCUMENTS/需求诊断单.html"
}

standing_answer() {
  say "十二、常态推送：需求一成为有效，在库的成果随即送到"
  local revision
  revision=$("$BIN/duijie" --json get "$NEED" | sed -n 's/.*"revision": *"\{0,1\}\([0-9]*\).*/\1/p')
  show push standing status --min-revision "$revision"
  show push list --need "$NEED"
  say "文档都在 $DOCUMENTS"
  ls "$DOCUMENTS"
}

tell_story() {
  mkdir -p "$DOCUMENTS"
  process_and_publish
  push_to_three
  know_and_guess
  visit_and_record
  note_to_need
  clinic_and_diagnosis
  standing_answer
}
